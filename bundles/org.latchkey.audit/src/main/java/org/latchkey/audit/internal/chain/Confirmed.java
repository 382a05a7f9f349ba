package org.latchkey.audit.internal.chain;

import java.time.Duration;

/** The last record that an archive has confirmed, for whoever waits for the next. Thread-safe. */
final class Confirmed {

  private Link link = Link.START;

  synchronized Link link() {
    return link;
  }

  synchronized void set(Link next) {
    link = next;
    notifyAll();
  }

  /** Waits until its number exceeds this one; false when that took too long. */
  synchronized boolean awaitAfter(long number, Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    while (link.number() <= number) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
    return true;
  }
}
