package org.latchkey.audit.internal.chain;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of {@code etc/org.latchkey.audit.chain.cfg}. */
@ObjectClassDefinition(
    name = "Latchkey audit log",
    description = "The chain of audit records and its signed head.")
@interface ChainConfiguration {

  @AttributeDefinition(
      description =
          "While records are written: from one signed head in latchkey/audit/head to the next, in"
              + " seconds.",
      min = "1",
      max = "86400")
  int signSeconds() default 60;
}
