package org.latchkey.keyagent.internal;

import java.util.Optional;

/**
 * How the agent stands at one moment. Immutable.
 *
 * @param keys the master keys in memory
 * @param roster which of them does what
 * @param checking why nothing can be checked, if so
 * @param issuing why nothing can be issued, if so
 * @param note what else an administrator should know
 * @param waiting whether it is for another bundle's service, which is nothing to shout about while
 *     all of them start
 */
record Standing(
    Optional<MasterKeys> keys,
    Roster roster,
    Optional<String> checking,
    Optional<String> issuing,
    Optional<String> note,
    boolean waiting) {

  static Standing down(String reason) {
    Optional<String> fault = Optional.of(reason);
    return new Standing(Optional.empty(), Roster.NONE, fault, fault, Optional.empty(), false);
  }

  static Standing well(MasterKeys keys, Roster roster, Optional<String> note) {
    return new Standing(Optional.of(keys), roster, Optional.empty(), Optional.empty(), note, false);
  }

  /** Checks with what is in memory, but makes nothing. */
  static Standing checkingOnly(MasterKeys keys, Roster roster, String reason) {
    return new Standing(
        Optional.of(keys), roster, Optional.empty(), Optional.of(reason), Optional.empty(), false);
  }

  /** This one, because a neighbour is away. */
  Standing waitingForOthers() {
    return new Standing(keys, roster, checking, issuing, note, true);
  }
}
