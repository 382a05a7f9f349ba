package org.latchkey.pbx.reference.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
    name = "Latchkey reference PBX",
    description =
        "A small registrar and proxy. An empty bind address is that of the environment variable"
            + " LATCHKEY_BIND, else 127.0.0.1. Port 0 switches a listener off.")
@interface ReferencePbxConfiguration {

  @AttributeDefinition(
      name = "Realm",
      description = "Must be the realm that keys are issued for; latchkey:status compares them.")
  String realm() default "latchkey";

  @AttributeDefinition(
      name = "Domains",
      description = "The SIP domains served. The first is the one that tel: URIs belong to.")
  String[] domains() default "localhost";

  @AttributeDefinition(name = "UDP bind address", required = false)
  String udpBind() default "";

  @AttributeDefinition(name = "UDP port", description = "Challenges with MD5.")
  int udpPort() default 5060;

  @AttributeDefinition(name = "TCP bind address", required = false)
  String tcpBind() default "";

  @AttributeDefinition(name = "TCP port", description = "Challenges with MD5.")
  int tcpPort() default 5060;

  @AttributeDefinition(name = "TLS bind address", required = false)
  String tlsBind() default "";

  @AttributeDefinition(name = "TLS port", description = "Challenges with MD5.")
  int tlsPort() default 5061;

  @AttributeDefinition(name = "TLS SHA-256 bind address", required = false)
  String tlsSha256Bind() default "";

  @AttributeDefinition(
      name = "TLS SHA-256 port",
      description = "Challenges with SHA-256, for phones that know it.")
  int tlsSha256Port() default 5071;

  @AttributeDefinition(
      name = "Trunks",
      description =
          "Whose calls to phones are taken without a challenge: name=address, name=network/bits or"
              + " name=address:port. Where the sender's address can be forged, anybody can be a"
              + " trunk: keep trunks on a network of their own.",
      required = false)
  String[] trunks() default {};

  @AttributeDefinition(
      name = "Certificate file",
      description =
          "PEM, leaf first; a relative path is below karaf.base. Waited for, and read again when"
              + " it changes.")
  String certificateFile() default "latchkey/tls/server.pem";

  @AttributeDefinition(name = "Key file", description = "PKCS#8 PEM of the certificate.")
  String keyFile() default "latchkey/tls/server.key";

  @AttributeDefinition(
      name = "Longest ringing in seconds",
      description = "10 to 3600. After that a call that nobody answered ends with 480.")
  int maxRingingSeconds() default 180;

  @AttributeDefinition(
      name = "Most calls of phones at once",
      description = "1 or more. Calls to permitted destinations and of trunks are not counted.")
  int maxCalls() default 10_000;

  @AttributeDefinition(
      name = "Most calls of one phone at once",
      description =
          "1 or more, so that one phone can't take the places of all others. More for a gateway"
              + " that has one key.")
  int maxCallsPerPhone() default 100;

  @AttributeDefinition(
      name = "Most calls of one trunk at once",
      description =
          "1 or more. An emergency service that calls a phone back within an hour has a place"
              + " beyond these.")
  int maxCallsPerTrunk() default 200;

  @AttributeDefinition(name = "Most registered AORs", description = "1 or more.")
  int maxRegistrations() default 50_000;

  @AttributeDefinition(
      name = "Most connections of one IPv4 address or IPv6 /64",
      description = "1 or more; many phones may share one. Read at start only.")
  int connectionsPerSource() default 2_000;

  @AttributeDefinition(name = "Most connections", description = "1 or more. Read at start only.")
  int connections() default 20_000;

  @AttributeDefinition(
      name = "Short code of users who move",
      description =
          "* or # and 1 to 8 digits. At a stranger's phone a user dials it as *99*EXTENSION*PIN, and"
              + " the phone becomes the extension. Nothing else may begin with it; one that a"
              + " permitted destination begins with is off. Empty for no such code.",
      required = false)
  String moveCode() default "*99";
}
