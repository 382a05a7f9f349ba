package org.latchkey.audit.internal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** What waits to be filed: without a lock, and never more than fits. Thread-safe. */
final class Inbox<T> {

  private final int capacity;
  private final Queue<T> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();

  Inbox(int capacity) {
    this.capacity = capacity;
  }

  /** Takes an item, or drops it when full. */
  void offer(T item) {
    if (size.getAndIncrement() >= capacity) {
      size.decrementAndGet();
      dropped.incrementAndGet();
      return;
    }
    waiting.add(item);
  }

  /** Hands over what is waiting, one full load at most: more may be coming all the time. */
  void drain(Consumer<T> to) {
    for (int i = 0; i < capacity; i++) {
      T item = waiting.poll();
      if (item == null) {
        return;
      }
      size.decrementAndGet();
      to.accept(item);
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** How many did not fit, ever. */
  long dropped() {
    return dropped.get();
  }
}
