package org.latchkey.keyagent.internal;

import java.util.Optional;

/**
 * How the agent stands at one moment. Immutable.
 *
 * @param keys the master keys in memory
 * @param checking why nothing can be checked, if so
 * @param issuing why nothing can be issued, if so
 * @param note what else an administrator should know
 */
record Standing(
    Optional<MasterKeys> keys,
    Optional<String> checking,
    Optional<String> issuing,
    Optional<String> note) {

  static Standing down(String reason) {
    return new Standing(
        Optional.empty(), Optional.of(reason), Optional.of(reason), Optional.empty());
  }

  static Standing well(MasterKeys keys, Optional<String> note) {
    return new Standing(Optional.of(keys), Optional.empty(), Optional.empty(), note);
  }

  /** Checks with what is in memory, but makes nothing. */
  static Standing checkingOnly(MasterKeys keys, String reason) {
    return new Standing(Optional.of(keys), Optional.empty(), Optional.of(reason), Optional.empty());
  }
}
