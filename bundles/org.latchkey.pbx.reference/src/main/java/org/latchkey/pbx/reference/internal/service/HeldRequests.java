package org.latchkey.pbx.reference.internal.service;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Requests that wait while a service is away. A resend of one that waits is absorbed. They are
 * tried again in order, a few first; when those come back the others wait on. On the SIP thread.
 */
public final class HeldRequests implements AutoCloseable {

  private static final int TICK_MILLIS = 50;

  private final int most;
  private final long mostBytes;
  private final BooleanSupplier serviceIsThere;
  private final Map<String, Held> waiting = new LinkedHashMap<>();
  private final Refusals refusals;
  private final Future<?> tick;
  private long heldBytes;
  private int batch = 1;

  /** Holds at most {@code most} requests, and no more once they take {@code mostBytes}. */
  public HeldRequests(
      int most,
      long mostBytes,
      BooleanSupplier serviceIsThere,
      EventExecutor sipThread,
      Refusals refusals) {
    this.most = most;
    this.mostBytes = mostBytes;
    this.refusals = refusals;
    this.serviceIsThere = serviceIsThere;
    this.tick =
        sipThread.scheduleWithFixedDelay(
            () -> refusals.guard(this::tick), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Whether a request waits. */
  public boolean isHeld(String key) {
    return waiting.containsKey(key);
  }

  /**
   * Holds a request.
   *
   * @param key what its resends have in common
   * @param bytes how much memory it takes
   * @param since when it was first held, by {@link System#nanoTime()}
   * @param longest how long it may wait in all
   * @param retry tries it again
   * @param giveUp answers that the service is away
   * @return false when there is no room, or one with this key is held
   */
  public boolean hold(
      String key, long bytes, long since, Duration longest, Runnable retry, Runnable giveUp) {
    if (waiting.size() >= most || heldBytes >= mostBytes || waiting.containsKey(key)) {
      return false;
    }
    batch = 1;
    heldBytes += bytes;
    waiting.put(key, new Held(bytes, since + longest.toNanos(), retry, giveUp));
    return true;
  }

  @Override
  public void close() {
    tick.cancel(false);
    waiting.clear();
  }

  private void tick() {
    if (waiting.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    List<Runnable> due = new ArrayList<>();
    boolean there = serviceIsThere.getAsBoolean();
    int tries = there ? batch : 0;
    Iterator<Held> each = waiting.values().iterator();
    while (each.hasNext()) {
      Held held = each.next();
      if (now - held.until >= 0) {
        due.add(held.giveUp);
        heldBytes -= held.bytes;
        each.remove();
      } else if (tries > 0) {
        tries--;
        due.add(held.retry);
        heldBytes -= held.bytes;
        each.remove();
      }
    }
    batch = there ? Math.min(batch * 2, most) : 1;
    due.forEach(refusals::guard);
  }

  private record Held(long bytes, long until, Runnable retry, Runnable giveUp) {}
}
