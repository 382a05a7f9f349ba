package org.latchkey.quarantine.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the quarantine. */
@ObjectClassDefinition(
    name = "Latchkey quarantine",
    description = "What a phone in quarantine is told when it calls.")
@interface QuarantineConfiguration {

  @AttributeDefinition(
      name = "Reason phrase",
      description =
          "The reason phrase of a refused call, which many phones display. {helpDesk} stands for"
              + " the help desk's number. One line, at most 100 characters.")
  String reasonPhrase() default "Call the help desk on {helpDesk}";
}
