package org.latchkey.registrar.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of a registrar node, {@code etc/org.latchkey.registrar.cfg}. */
@ObjectClassDefinition(
    name = "Latchkey registrar node",
    description = "What a PBX node without a key agent does with the agent's exports.")
@interface RegistrarConfiguration {

  @AttributeDefinition(
      name = "staleAfterDays",
      description =
          "After how many days latchkey:status warns that the export in force is old, 1 to 3650."
              + " It stays in force.")
  int staleAfterDays() default 7;
}
