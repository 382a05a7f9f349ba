package org.latchkey.authenticator.internal;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts who is using a secret, so that it is wiped when its owner has let go and the last user is
 * done: a key wiped under a running computation would leave a digest without a key.
 */
final class Leases {

  private final Runnable wipe;
  private final AtomicInteger held = new AtomicInteger(1);

  /** The owner holds the first lease and gives it back once, at the end. */
  Leases(Runnable wipe) {
    this.wipe = wipe;
  }

  /** Takes a lease; false when the secret is gone or about to go. */
  boolean take() {
    int now = held.get();
    while (now > 0) {
      if (held.compareAndSet(now, now + 1)) {
        return true;
      }
      now = held.get();
    }
    return false;
  }

  /** Gives a lease back; the last one wipes. */
  void giveBack() {
    if (held.decrementAndGet() == 0) {
      wipe.run();
    }
  }
}
