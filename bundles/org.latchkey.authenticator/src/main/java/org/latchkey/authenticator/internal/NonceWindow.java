package org.latchkey.authenticator.internal;

import org.jspecify.annotations.Nullable;

/**
 * Which nonce counts of one nonce were accepted: the highest, and which of the 63 below it. Any
 * count above the highest is new: phones skip some.
 */
final class NonceWindow {

  /** For so long a request may be sent again (RFC 3261 section 17.1.2.2, timer F: 64 × T1). */
  static final long RETRANSMISSION_MILLIS = 32_000;

  private static final int WIDTH = 64;
  private static final int MAX_ACCEPTANCES = 8;

  private long highest;
  private long seen;
  private @Nullable Acceptance latest;

  /** The window of a nonce that is used for the first time. */
  NonceWindow(long count, Object evidence, long now) {
    highest = count;
    seen = 1;
    latest = new Acceptance(count, now, evidence, null);
  }

  /** What a nonce count is. */
  enum Use {
    /** Not seen before; now it is. */
    NEW,
    /** The same request again; nothing moved. */
    RETRANSMISSION,
    /** Accepted before with another request, or so long ago that nobody can tell. */
    REPLAY
  }

  private static final class Acceptance {
    final long count;
    final long millis;
    final Object evidence;
    @Nullable Acceptance earlier;

    Acceptance(long count, long millis, Object evidence, @Nullable Acceptance earlier) {
      this.count = count;
      this.millis = millis;
      this.evidence = evidence;
      this.earlier = earlier;
    }
  }

  /** Takes a count whose response was verified. */
  synchronized Use use(long count, Object evidence, long now) {
    if (count > highest) {
      long step = count - highest;
      seen = step >= WIDTH ? 1 : seen << step | 1;
      highest = count;
    } else {
      long below = highest - count;
      if (below >= WIDTH) {
        return Use.REPLAY;
      }
      if ((seen >>> below & 1) != 0) {
        return again(count, evidence, now) ? Use.RETRANSMISSION : Use.REPLAY;
      }
      seen |= 1L << below;
    }
    latest = new Acceptance(count, now, evidence, latest);
    forgetOld(latest, now);
    return Use.NEW;
  }

  /** Whether this is an exact retransmission of what was accepted a short while ago. */
  synchronized boolean again(long count, Object evidence, long now) {
    for (Acceptance a = latest; a != null; a = a.earlier) {
      if (a.count == count) {
        return now - a.millis <= RETRANSMISSION_MILLIS && a.evidence.equals(evidence);
      }
    }
    return false;
  }

  /** Keeps the acceptances that a retransmission may still refer to, and of those the latest. */
  private static void forgetOld(Acceptance latest, long now) {
    Acceptance kept = latest;
    for (int n = 1; kept.earlier != null && n < MAX_ACCEPTANCES; n++) {
      if (now - kept.earlier.millis > RETRANSMISSION_MILLIS) {
        break;
      }
      kept = kept.earlier;
    }
    kept.earlier = null;
  }
}
