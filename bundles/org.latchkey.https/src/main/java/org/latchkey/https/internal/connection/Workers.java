package org.latchkey.https.internal.connection;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of a door. */
public final class Workers {

  private static final int IDLE_SECONDS = 30;

  private Workers() {}

  /** A bounded pool that rejects when its queue is full, and keeps no idle thread. */
  static ThreadPoolExecutor pool(String name, int threads, int queue) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queue),
            threads(name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Daemon threads with numbered names, which hold on to nobody else's class loader. */
  public static ThreadFactory threads(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + '-' + number.incrementAndGet());
      thread.setDaemon(true);
      thread.setContextClassLoader(Workers.class.getClassLoader());
      return thread;
    };
  }
}
