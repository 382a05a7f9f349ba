package org.latchkey.https.internal;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An upkeep thread whose rounds begin when a test says so. */
final class ManualUpkeep extends ScheduledThreadPoolExecutor {

  private volatile Runnable regular = () -> {};

  ManualUpkeep() {
    super(1);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    regular = command;
    return super.scheduleWithFixedDelay(() -> {}, 1, 1, TimeUnit.DAYS);
  }

  /** One round, to its end. */
  void round() {
    await(submit(regular));
  }

  /** Waits for what was begun. */
  void settle() {
    await(submit(() -> {}));
  }

  private static void await(Future<?> task) {
    try {
      task.get(30, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the upkeep did not end", e);
    }
  }
}
