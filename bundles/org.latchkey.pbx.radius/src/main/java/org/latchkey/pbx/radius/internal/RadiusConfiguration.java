package org.latchkey.pbx.radius.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
    name = "Latchkey for PBXs that ask over RADIUS",
    description = "Which PBXs may ask over RADIUS, and about what. Off until one is named.")
@interface RadiusConfiguration {
  @AttributeDefinition(
      description =
          "The realm that the PBXs challenge with. Must be the one that keys are issued for.")
  String realm() default "latchkey";

  @AttributeDefinition(
      description = "The SIP domains of the PBXs. Nothing is answered about any other.")
  String[] domains() default {"localhost"};

  @AttributeDefinition(
      description =
          "The PBXs that may ask by UDP: name=address or name=network/bits, with commas between"
              + " them. The shared secret of each is in latchkey/radius/NAME.secret. Empty: no port"
              + " is opened.")
  String[] clients() default {};

  @AttributeDefinition(
      description =
          "The names of those clients that can't send a Message-Authenticator, such as Kamailio"
              + " with radcli 1.2. All others must send one. Only where nobody is between the PBX"
              + " and Latchkey: without it whoever is can change questions (Blast-RADIUS).")
  String[] withoutMessageAuthenticator() default {};

  @AttributeDefinition(
      description =
          "The names of those clients that let Latchkey make their nonces (RFC 5090 section 2.1.2),"
              + " so that it notices replays, too. All others make their own.")
  String[] askForNonces() default {};

  @AttributeDefinition(
      description =
          "The names of those clients that tell registrations themselves over HTTPS, such as"
              + " Kamailio with the files of latchkey:pbx-config: each is then noted once, when it"
              + " was done.")
  String[] tellOverHttps() default {};

  @AttributeDefinition(
      description = "The digest algorithm of the nonces that Latchkey makes: MD5 or SHA-256.")
  String algorithm() default "MD5";

  @AttributeDefinition(description = "The IP address of both listeners.")
  String bind() default "127.0.0.1";

  @AttributeDefinition(description = "The UDP port.")
  int port() default 1812;

  @AttributeDefinition(
      description =
          "The common names of the client certificates with which a PBX may ask over TLS (RadSec,"
              + " RFC 6614), with commas between them. Their authorities are those of the PBX door"
              + " (etc/org.latchkey.https.cfg). Empty: no port is opened.")
  String[] radsecNames() default {};

  @AttributeDefinition(description = "The TCP port of RadSec.")
  int radsecPort() default 2083;
}
