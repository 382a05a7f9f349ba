package org.latchkey.keyagent.internal;

import java.util.concurrent.locks.LockSupport;

/** Monotonic time, and waiting for it. */
interface Pace {

  /** Nanoseconds since some moment. */
  long nanoTime();

  /** Returns when {@link #nanoTime()} has reached this, or the thread was interrupted. */
  void waitUntil(long nanoTime);

  /** The machine's. */
  static Pace ofSystem() {
    return new Pace() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public void waitUntil(long end) {
        long left = end - System.nanoTime();
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
          LockSupport.parkNanos(left);
          left = end - System.nanoTime();
        }
      }
    };
  }
}
