package org.latchkey.pbx.http.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
    name = "Latchkey for PBXs that ask over HTTPS",
    description = "Who may ask at the PBX door, and about what.")
@interface PbxHttpConfiguration {

  @AttributeDefinition(
      description =
          "The realm that the PBX challenges with. Must be the one that keys are issued for;"
              + " latchkey:status compares them.")
  String realm() default "latchkey";

  @AttributeDefinition(
      description = "The SIP domains of the PBX. Nothing is answered about any other.")
  String[] domains() default {"localhost"};

  @AttributeDefinition(
      description =
          "The common names of the client certificates that may ask: those that"
              + " latchkey:pbx-config makes, and those of your own authority (pbxTrustFile of"
              + " etc/org.latchkey.https.cfg).")
  String[] certificateNames() default {
    "Latchkey PBX kamailio",
    "Latchkey PBX opensips",
    "Latchkey PBX asterisk",
    "Latchkey PBX freeswitch"
  };
}
