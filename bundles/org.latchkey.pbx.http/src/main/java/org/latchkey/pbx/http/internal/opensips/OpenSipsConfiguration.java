package org.latchkey.pbx.http.internal.opensips;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
    name = "Latchkey for OpenSIPS",
    description =
        "Where OpenSIPS is reached, and what latchkey:pbx-config writes into its configuration."
            + " After a change write the configuration anew.")
@interface OpenSipsConfiguration {

  @AttributeDefinition(
      description =
          "Where OpenSIPS takes its management commands (mi_http) from Latchkey: an address and TCP"
              + " port of the loopback interface, since a password goes over it in clear.")
  String rpcAddress() default "127.0.0.1:5067";

  @AttributeDefinition(
      description =
          "Where OpenSIPS listens for phones, in its own words, such as udp:192.0.2.1:5060.")
  String[] listen() default {"udp:127.0.0.1:5060", "tcp:127.0.0.1:5060"};

  @AttributeDefinition(
      description =
          "The digest algorithm OpenSIPS challenges with, one for all phones: MD5, which is all that"
              + " desk phones know, or SHA-256.")
  String algorithm() default "MD5";

  @AttributeDefinition(
      description =
          "Trunks: whose calls to phones are taken without a challenge, held phones among them, so"
              + " that an emergency service can call back. name=address or name=network/bits, with"
              + " commas between them.")
  String[] trunks() default {};

  @AttributeDefinition(
      description =
          "Where OpenSIPS' modules are on its machine: Debian's packages have them in"
              + " /usr/lib/x86_64-linux-gnu/opensips/modules, those of Red Hat in"
              + " /usr/lib64/opensips/modules.")
  String modulesFolder() default "/usr/lib/x86_64-linux-gnu/opensips/modules";

  @AttributeDefinition(
      description =
          "The database with the passwords of old phones, as auth_db of OpenSIPS names it, such as"
              + " text:///etc/opensips/latchkey/old-phones. Empty: there are no old phones.")
  String oldPhonesDatabase() default "";
}
