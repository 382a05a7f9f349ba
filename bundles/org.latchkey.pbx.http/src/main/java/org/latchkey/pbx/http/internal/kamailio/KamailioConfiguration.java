package org.latchkey.pbx.http.internal.kamailio;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
    name = "Latchkey for Kamailio",
    description =
        "Where Kamailio is reached, and what latchkey:pbx-config writes into its configuration."
            + " After a change write the configuration anew.")
@interface KamailioConfiguration {

  @AttributeDefinition(
      description =
          "Where Kamailio takes JSON-RPC from Latchkey: an address and TCP port of the loopback"
              + " interface, since a password goes over it in clear.")
  String rpcAddress() default "127.0.0.1:5066";

  @AttributeDefinition(
      description =
          "Where Kamailio listens for phones, in its own words, such as udp:192.0.2.1:5060.")
  String[] listen() default {"udp:127.0.0.1:5060", "tcp:127.0.0.1:5060"};

  @AttributeDefinition(
      description =
          "The digest algorithm Kamailio challenges with, one for all phones: MD5, which is all"
              + " that desk phones know, or SHA-256.")
  String algorithm() default "MD5";

  @AttributeDefinition(
      description =
          "Trunks: whose calls to phones are taken without a challenge, held phones among them, so"
              + " that an emergency service can call back. name=address or name=network/bits, with"
              + " commas between them.")
  String[] trunks() default {};

  @AttributeDefinition(
      description =
          "The database with the passwords of old phones, as auth_db of Kamailio names it. Used"
              + " when Kamailio is started with -A LATCHKEY_OLD_PHONES.")
  String oldPhonesDatabase() default "text:///etc/kamailio/latchkey/old-phones";
}
