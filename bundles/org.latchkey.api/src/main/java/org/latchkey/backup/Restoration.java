package org.latchkey.backup;

import java.time.Instant;
import java.util.Set;

/**
 * What is being restored.
 *
 * @param actor who restores
 * @param backup the backup's name
 * @param takenAt when it was made
 * @param parts the names of the parts that it has
 */
public record Restoration(String actor, String backup, Instant takenAt, Set<String> parts) {

  /** Keeps a copy of the set. */
  public Restoration {
    parts = Set.copyOf(parts);
  }
}
