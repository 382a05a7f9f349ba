package org.latchkey.keyagent.internal;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** One thing at a time for each name, with a fixed number of locks. */
final class Stripes {

  private static final int COUNT = 64;

  private final ReentrantLock[] locks = new ReentrantLock[COUNT];

  Stripes() {
    for (int i = 0; i < COUNT; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  /** Does something while nobody else does anything for this name. */
  <T> T alone(String name, Supplier<T> action) {
    ReentrantLock lock = locks[Math.floorMod(name.hashCode(), COUNT)];
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
