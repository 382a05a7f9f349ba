package org.latchkey.pnp.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
    name = "Latchkey SIP PnP",
    description = "Tells new phones that ask the network by SIP PnP where their files are.")
@interface PnpConfiguration {

  @AttributeDefinition(description = "Whether phones that ask 224.0.1.75 are answered.")
  boolean enabled() default false;

  @AttributeDefinition(
      description =
          "The network interfaces on which they are heard, such as eth0; empty: all that can do"
              + " multicast.")
  String[] interfaces() default {};

  @AttributeDefinition(description = "The UDP port that they ask, 1 to 65535.")
  int port() default 5060;

  @AttributeDefinition(
      description = "The networks whose phones are answered; private networks unless set.")
  String[] networks() default {
    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8"
  };

  @AttributeDefinition(
      description =
          "Whether phones are sent to the listener without TLS (bootstrapPort of"
              + " etc/org.latchkey.https.cfg) while it is open, and not to the phones' door.")
  boolean bootstrap() default false;
}
