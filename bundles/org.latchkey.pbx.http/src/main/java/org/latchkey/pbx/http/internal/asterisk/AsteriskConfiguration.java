package org.latchkey.pbx.http.internal.asterisk;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
    name = "Latchkey for Asterisk",
    description =
        "Where Asterisk is reached, and what latchkey:pbx-config writes into its configuration."
            + " After a change write the configuration anew.")
@interface AsteriskConfiguration {

  @AttributeDefinition(
      description =
          "Where Asterisk's manager interface (AMI) is: an address and TCP port of the loopback"
              + " interface, since a password goes over it in clear.")
  String managerAddress() default "127.0.0.1:5038";

  @AttributeDefinition(
      description =
          "Where Asterisk finds Latchkey on its own machine: an address and TCP port of the"
              + " loopback interface, from which haproxy leads to the PBX door.")
  String proxyAddress() default "127.0.0.1:8447";

  @AttributeDefinition(
      description = "Where Asterisk listens for phones, such as udp:192.0.2.1:5060.")
  String[] listen() default {"udp:127.0.0.1:5060"};

  @AttributeDefinition(
      description =
          "The digest algorithms that Asterisk 22 challenges with: MD5, which is all that desk"
              + " phones know, SHA-256, or both, which some phones can't stand. Asterisk 16 knows"
              + " MD5 only.")
  String[] algorithms() default {"MD5"};

  @AttributeDefinition(description = "The codecs of phones with keys, in Asterisk's words.")
  String[] codecs() default {"g722", "alaw", "ulaw"};

  @AttributeDefinition(
      description = "The context of Asterisk's dialplan where admitted calls go on.")
  String ordinaryContext() default "from-internal";

  @AttributeDefinition(
      description =
          "The PJSIP endpoint through which emergency calls and calls to the help desk leave: the"
              + " one that is written, or your trunk's.")
  String permittedEndpoint() default "latchkey-permitted";

  @AttributeDefinition(
      description =
          "The PJSIP endpoints of trunks: whose calls to phones are taken, held phones among them,"
              + " so that an emergency service can call back.")
  String[] trunks() default {};

  @AttributeDefinition(
      description =
          "For how long Asterisk keeps what it was told, in seconds, 1 to 300. When Asterisk's"
              + " manager interface can't be reached, a revoked key is good for that long.")
  int cacheSeconds() default 60;

  @AttributeDefinition(
      description =
          "How the dialplan asks whether a call may be routed: curl, over HTTPS like all other"
              + " questions, or agi, by FastAGI at a port of its own.")
  String gate() default "curl";

  @AttributeDefinition(
      description =
          "Where Latchkey answers FastAGI when gate is agi: an address of this machine and a TCP"
              + " port. TLS with Asterisk's client certificate, as at the PBX door.")
  String agiAddress() default "127.0.0.1:8448";

  @AttributeDefinition(
      description =
          "Where Asterisk asks by FastAGI on its own machine: an address and TCP port of the"
              + " loopback interface, from which haproxy leads to agiAddress.")
  String agiProxyAddress() default "127.0.0.1:8449";
}
