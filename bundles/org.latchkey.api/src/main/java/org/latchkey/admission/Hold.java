package org.latchkey.admission;

import java.time.Instant;

/**
 * Why a phone is in quarantine.
 *
 * @param keyIdentifier the key that is held
 * @param kind held by somebody, waiting for approval, or left behind
 * @param reason in the administrator's words
 * @param by who
 * @param at when
 */
public record Hold(String keyIdentifier, Kind kind, String reason, String by, Instant at) {

  /** The kinds of hold; a key may have one of each. */
  public enum Kind {
    /** An administrator holds it. */
    HELD,
    /** It has not been approved yet. */
    AWAITS_APPROVAL,
    /** Its generation is retired or compromised; its phone leaves it by fetching its next key. */
    LEFT_BEHIND
  }
}
