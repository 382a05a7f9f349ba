package org.latchkey.admission;

import java.time.Instant;

/**
 * Why a phone is in quarantine.
 *
 * @param keyIdentifier the key that is held
 * @param kind held by somebody, or waiting for approval
 * @param reason in the administrator's words
 * @param by who
 * @param at when
 */
public record Hold(String keyIdentifier, Kind kind, String reason, String by, Instant at) {

  /** The two kinds of hold; a key may have both. */
  public enum Kind {
    /** An administrator holds it. */
    HELD,
    /** It has not been approved yet. */
    AWAITS_APPROVAL
  }
}
