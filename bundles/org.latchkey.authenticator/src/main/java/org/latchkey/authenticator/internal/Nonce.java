package org.latchkey.authenticator.internal;

/**
 * A nonce that one of our authenticators made for this realm, algorithm and AOR.
 *
 * @param thisRun whether it was made since this authenticator began
 * @param millis when, by the {@link RunClock} of its run
 * @param counter tells the nonces of one run apart
 */
record Nonce(boolean thisRun, long millis, int counter) {

  /** Whether it may be used at all: for a first time, or only by a retransmission. */
  enum Age {
    /** Good for a new request. */
    FRESH,
    /** Too old for a new request, but a retransmission may still be on its way. */
    LINGERING,
    /** Of no use; the phone gets a new one. */
    STALE
  }

  Age age(long now, long lifetimeMillis) {
    long age = now - millis;
    if (!thisRun || age < 0 || age > lifetimeMillis + NonceWindow.RETRANSMISSION_MILLIS) {
      return Age.STALE;
    }
    return age <= lifetimeMillis ? Age.FRESH : Age.LINGERING;
  }
}
