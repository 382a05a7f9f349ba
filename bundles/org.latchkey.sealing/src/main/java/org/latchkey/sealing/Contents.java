package org.latchkey.sealing;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.admission.Hold;

/**
 * What an export says, but for its subkeys. Immutable.
 *
 * @param number greater than that of any export the agent made before
 * @param takenAt when it was made, to the millisecond
 * @param realms the realms that are served, the one of new keys first
 * @param domains the domains that are served, in lower case
 * @param generations those of which keys authenticate, in order
 * @param compromised those among them of which only the keys in {@code issued} authenticate
 * @param issued all key identifiers that were issued in compromised generations
 * @param revoked all key identifiers that were revoked
 * @param holds all holds
 */
public record Contents(
    long number,
    Instant takenAt,
    List<String> realms,
    List<String> domains,
    Set<Integer> generations,
    Set<Integer> compromised,
    Set<String> issued,
    Set<String> revoked,
    List<Hold> holds) {

  /** Copies all of it. */
  public Contents {
    realms = List.copyOf(realms);
    domains = List.copyOf(domains);
    generations = Collections.unmodifiableSet(new TreeSet<>(generations));
    compromised = Set.copyOf(compromised);
    issued = Set.copyOf(issued);
    revoked = Set.copyOf(revoked);
    holds = List.copyOf(holds);
    if (realms.isEmpty() || domains.isEmpty()) {
      throw new IllegalArgumentException("an export is for one realm and one domain at least");
    }
  }
}
