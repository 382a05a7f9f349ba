package org.latchkey.pbx.reference.internal.call;

/** Times of RFC 3261, table 4. */
final class Timers {

  /** The first resend on UDP. */
  static final long T1_MILLIS = 500;

  /** The longest pause between resends. */
  static final long T2_MILLIS = 4_000;

  /** 64 times T1: how long a transaction hopes (timers B, F, H, J). */
  static final long GIVE_UP_MILLIS = 64 * T1_MILLIS;

  /** What rings longer than any setting allows is forgotten (timer C). */
  static final long RING_MILLIS = 3_700_000;

  private Timers() {}
}
