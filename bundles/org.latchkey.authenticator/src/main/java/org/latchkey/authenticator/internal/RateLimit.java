package org.latchkey.authenticator.internal;

/** So many in each minute; what is beyond is only counted. */
final class RateLimit {

  private static final long MINUTE_MILLIS = 60_000;

  private final int perMinute;
  private long minuteStart = Long.MIN_VALUE;
  private int inMinute;
  private long beyond;

  RateLimit(int perMinute) {
    this.perMinute = perMinute;
  }

  /** Whether one more is within the limit. */
  synchronized boolean allows(long nowMillis) {
    if (minuteStart == Long.MIN_VALUE || nowMillis - minuteStart >= MINUTE_MILLIS) {
      minuteStart = nowMillis;
      inMinute = 0;
    }
    if (inMinute < perMinute) {
      inMinute++;
      return true;
    }
    beyond++;
    return false;
  }

  /** How many were beyond the limit since this was last asked. */
  synchronized long takeBeyond() {
    long count = beyond;
    beyond = 0;
    return count;
  }
}
