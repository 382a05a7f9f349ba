package org.latchkey.audit.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of {@code etc/org.latchkey.audit.cfg}. */
@ObjectClassDefinition(
    name = "Latchkey phone journal",
    description = "How much latchkey:why remembers; all of it in memory.")
@interface JournalConfiguration {

  @AttributeDefinition(
      description = "How many phones with a key are remembered; the longest silent is forgotten.",
      min = "1",
      max = "1000000")
  int phones() default 20_000;

  @AttributeDefinition(
      description = "How many network addresses are remembered of which no phone was proved.",
      min = "1",
      max = "1000000")
  int strangers() default 4_000;

  @AttributeDefinition(
      description =
          "How many events of one phone are remembered, and half as many on top that were not proved"
              + " to be its own.",
      min = "1",
      max = "1000")
  int eventsPerPhone() default 32;
}
