package org.latchkey.example.jain.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
    name = "Latchkey example on JAIN-SIP",
    description = "Where the example listens, and for whom.")
@interface JainConfiguration {

  @AttributeDefinition(description = "The address it listens on.")
  String bind() default "127.0.0.1";

  @AttributeDefinition(description = "The UDP port it listens on.")
  int port() default 5080;

  @AttributeDefinition(description = "The realm it challenges with: one that keys are issued for.")
  String realm() default "latchkey";

  @AttributeDefinition(description = "The one SIP domain that it has.")
  String domain() default "localhost";
}
