package org.latchkey.keyagent.internal;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.latchkey.key.RequestRefusedException;

/** One change of generations at a time, and none while a backup is made of them. */
final class Turn {

  private final Semaphore free = new Semaphore(1);

  /**
   * Changes something.
   *
   * @throws RequestRefusedException when somebody else does, or a backup is being made
   */
  <T> T take(Supplier<T> change) {
    if (!free.tryAcquire()) {
      throw new RequestRefusedException(
          "Nothing was done: generations are being changed or backed up at this moment. Type it"
              + " again when that has ended.");
    }
    try {
      return change.get();
    } finally {
      free.release();
    }
  }

  /** Waits until nobody changes anything, and keeps it so. */
  void keep() {
    free.acquireUninterruptibly();
  }

  /** Ends what {@link #keep} began. */
  void give() {
    free.release();
  }
}
