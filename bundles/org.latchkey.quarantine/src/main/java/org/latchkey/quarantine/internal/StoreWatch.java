package org.latchkey.quarantine.internal;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that looks at the store every so often, and at once when asked to. It is never
 * interrupted: an interrupt would close the file of an embedded database under everybody.
 */
final class StoreWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StoreWatch.class);
  private static final long CLOSE_MILLIS = 2000;

  private final Semaphore asked = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Begins to watch.
   *
   * @param look what to do
   * @param every how long to wait when nobody asks
   */
  StoreWatch(Runnable look, Duration every) {
    thread = new Thread(() -> watch(look, every.toMillis()), "latchkey-quarantine");
    thread.setDaemon(true);
    thread.start();
  }

  /** Asks to look at once; returns at once. */
  void look() {
    asked.release();
  }

  @Override
  public void close() {
    closed = true;
    asked.release();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch(Runnable look, long everyMillis) {
    while (!closed) {
      try {
        asked.tryAcquire(everyMillis, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        LOG.error("The look at the store of holds was interrupted and ends", e);
        return;
      }
      asked.drainPermits();
      if (!closed) {
        guarded(look);
      }
    }
  }

  /** One failure, of whatever kind, must not be the last look. */
  private static void guarded(Runnable look) {
    try {
      look.run();
    } catch (RuntimeException | Error e) {
      LOG.error("A look at the store of holds failed, the next one is due", e);
    }
  }
}
