package org.latchkey.https.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
    name = "Latchkey HTTPS doors",
    description = "The doors for phones and for PBXs, their certificates and limits.")
@interface HttpsConfiguration {

  @AttributeDefinition(
      description =
          "The host name (or address) that phones use. It stands in the server certificate and in"
              + " the URLs that phones are given.")
  String publicName() default "localhost";

  @AttributeDefinition(
      description = "The port that phones use when it is not phonesPort; 0: it is phonesPort.")
  int publicPort() default 0;

  @AttributeDefinition(
      description =
          "Further host names and addresses for the server certificate, beside localhost, 127.0.0.1"
              + " and ::1.")
  String[] extraNames() default {};

  @AttributeDefinition(
      description =
          "The DNS domains that the site's own certificate authority is limited to when it is made;"
              + " empty: the domain of publicName.")
  String[] siteDomains() default {};

  @AttributeDefinition(
      description =
          "The administrator's own certificate in PEM, leaf first, then its intermediates; empty:"
              + " the site's own authority makes one. Read again when it changes.")
  String certificateFile() default "";

  @AttributeDefinition(description = "The private key of certificateFile in PEM, not encrypted.")
  String keyFile() default "";

  @AttributeDefinition(
      description =
          "The address the phones' door listens on; empty: the environment variable LATCHKEY_BIND,"
              + " else 127.0.0.1.")
  String phonesBind() default "";

  @AttributeDefinition(description = "The TCP port of the phones' door.")
  int phonesPort() default 8443;

  @AttributeDefinition(description = "The address the PBX door listens on.")
  String pbxBind() default "127.0.0.1";

  @AttributeDefinition(description = "The TCP port of the PBX door.")
  int pbxPort() default 8444;

  @AttributeDefinition(
      description =
          "The TCP port of a listener without TLS that tells new phones our certificate authority"
              + " and our address, nothing else; 0: there is none.")
  int bootstrapPort() default 0;

  @AttributeDefinition(description = "The address it listens on; empty: that of the phones' door.")
  String bootstrapBind() default "";

  @AttributeDefinition(description = "The most connections at a time there.")
  int bootstrapConnections() default 256;

  @AttributeDefinition(
      description = "The most of them from one address; four times as many from one IPv6 /64.")
  int bootstrapConnectionsPerSource() default 16;

  @AttributeDefinition(
      description =
          "Authorities in PEM whose client certificates PBXs may show, beside the site's own"
              + " authority. Read again when it changes.")
  String pbxTrustFile() default "";

  @AttributeDefinition(
      description =
          "Who does TLS: jdk, native (BoringSSL, else jdk), or auto (the same, silently).")
  String tlsEngine() default "jdk";

  @AttributeDefinition(description = "The most connections at a time at the phones' door.")
  int phonesConnections() default 4096;

  @AttributeDefinition(
      description = "The most of them from one address; four times as many from one IPv6 /64.")
  int phonesConnectionsPerSource() default 256;

  @AttributeDefinition(description = "The threads that answer at the phones' door.")
  int phonesWorkers() default 16;

  @AttributeDefinition(
      description = "The most requests that wait for them; the next is told to come again (503).")
  int phonesQueue() default 512;

  @AttributeDefinition(description = "The most connections at a time at the PBX door.")
  int pbxConnections() default 256;

  @AttributeDefinition(
      description = "The most of them from one address; four times as many from one IPv6 /64.")
  int pbxConnectionsPerSource() default 64;

  @AttributeDefinition(description = "The threads that answer at the PBX door.")
  int pbxWorkers() default 8;

  @AttributeDefinition(
      description = "The most requests that wait for them; the next is told to come again (503).")
  int pbxQueue() default 128;

  @AttributeDefinition(description = "Seconds a peer may take for the TLS handshake.")
  int handshakeSeconds() default 10;

  @AttributeDefinition(description = "Seconds a peer may take for the header of a request.")
  int headerSeconds() default 10;

  @AttributeDefinition(description = "Seconds a peer may take for the body of a request.")
  int bodySeconds() default 10;

  @AttributeDefinition(
      description = "Seconds an answer may be prepared, before the peer is told to come again.")
  int servingSeconds() default 30;

  @AttributeDefinition(description = "Seconds a peer may take to receive an answer.")
  int answerSeconds() default 10;

  @AttributeDefinition(description = "Seconds a connection stays open without a request.")
  int idleSeconds() default 30;

  @AttributeDefinition(
      description =
          "Seconds after which a path that nobody serves any more is 404 again; until then the peer"
              + " is told to come again.")
  int restartGraceSeconds() default 20;

  @AttributeDefinition(
      description =
          "Paths of the phones' door that are sure to be served soon after a start, and get the"
              + " same grace then.")
  String[] awaitedPaths() default {"/v1/keys", "/provision/"};

  @AttributeDefinition(
      description = "Seconds between looks at certificate files and at a port that was taken.")
  int checkSeconds() default 3;
}
