package org.latchkey.store.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of {@code etc/org.latchkey.store.cfg}. */
@ObjectClassDefinition(
    name = "Latchkey store",
    description = "Where enrolments, issued keys, holds and the audit log are kept.")
@interface StoreConfiguration {

  @AttributeDefinition(
      description =
          "The database file, as jdbc:h2:file: and its path without the ending .mv.db. Its directory"
              + " is made readable by its owner alone.")
  String url() default "jdbc:h2:file:${karaf.base}/latchkey/store/latchkey";

  @AttributeDefinition(
      description = "While the database can't be opened: seconds from one try to the next.",
      min = "1",
      max = "3600")
  int retrySeconds() default 2;

  @AttributeDefinition(
      description =
          "Status warns when less than this is free on the database's disk, in megabytes.",
      min = "0")
  int leastFreeMegabytes() default 100;
}
