package org.latchkey.pbx.http.internal.freeswitch;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
    name = "Latchkey for FreeSWITCH",
    description =
        "Where FreeSWITCH is reached, and what latchkey:pbx-config writes into its configuration."
            + " After a change write the configuration anew.")
@interface FreeSwitchConfiguration {

  @AttributeDefinition(
      description =
          "Where FreeSWITCH has its event socket: an address and TCP port of the loopback"
              + " interface, since a password goes over it in clear. Used once"
              + " latchkey:pbx-config freeswitch has made that password.")
  String eventSocketAddress() default "127.0.0.1:8021";

  @AttributeDefinition(
      description = "The SIP profiles of FreeSWITCH that phones register at, by name.")
  String[] profiles() default {"internal"};

  @AttributeDefinition(
      description = "Where these profiles listen, for latchkey:status, such as udp 192.0.2.1:5060.")
  String[] listen() default {"udp 127.0.0.1:5060", "tcp 127.0.0.1:5060"};

  @AttributeDefinition(
      description =
          "The digest algorithm FreeSWITCH challenges with, one for all phones: MD5, which is all"
              + " that desk phones know, or SHA-256 (FreeSWITCH 1.10.8 and newer).")
  String algorithm() default "MD5";

  @AttributeDefinition(
      description = "The context of your dialplan where the calls go on that are admitted.")
  String admittedContext() default "default";

  @AttributeDefinition(
      description =
          "The SIP profile through which the targets of emergency numbers are reached that are no"
              + " phones of the site.")
  String trunkProfile() default "external";
}
