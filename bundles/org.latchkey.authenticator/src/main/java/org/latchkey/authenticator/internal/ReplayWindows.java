package org.latchkey.authenticator.internal;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The windows of all nonces that were used, by the time the nonce was made: slices of a ring, so
 * that old ones go as a whole when a new one begins, without a thread. When there are too many, the
 * oldest slice goes early and its nonces count as too old: never as unused.
 */
final class ReplayWindows {

  private static final int SLICES_PER_LIFE = 8;
  private static final int SLICES = SLICES_PER_LIFE + 2;
  private static final int ROOM_IS_MADE_EVERY = 64;

  private final long sliceMillis;
  private final int capacity;
  private final AtomicReferenceArray<@Nullable Slice> ring = new AtomicReferenceArray<>(SLICES);
  private final RunClock clock;
  private volatile long floorMillis;

  private static final class Slice {
    final long number;
    final ConcurrentHashMap<Integer, NonceWindow> windows = new ConcurrentHashMap<>();
    final AtomicInteger size = new AtomicInteger();

    Slice(long number) {
      this.number = number;
    }
  }

  /**
   * An empty memory.
   *
   * @param lifetimeMillis how long a nonce is good for a new request
   * @param capacity how many nonces are remembered, roughly
   * @param clock the one that nonces are made by
   */
  ReplayWindows(long lifetimeMillis, int capacity, RunClock clock) {
    long life = lifetimeMillis + NonceWindow.RETRANSMISSION_MILLIS;
    this.sliceMillis = (life + SLICES_PER_LIFE - 1) / SLICES_PER_LIFE;
    this.capacity = capacity;
    this.clock = clock;
  }

  /**
   * Takes a count of a nonce that is not stale, whose response was verified.
   *
   * @return null when the nonce's record may have been forgotten
   */
  NonceWindow.@Nullable Use use(Nonce nonce, long count, Object evidence, long now) {
    Slice slice = slice(nonce.millis());
    if (slice == null) {
      return null;
    }
    NonceWindow first = new NonceWindow(count, evidence, now);
    NonceWindow known = slice.windows.putIfAbsent(nonce.counter(), first);
    if (known != null) {
      return known.use(count, evidence, now);
    }
    if (slice.size.incrementAndGet() % ROOM_IS_MADE_EVERY == 0) {
      makeRoom();
    }
    return NonceWindow.Use.NEW;
  }

  /** The window of a nonce that was used, or null when it was not or may have been forgotten. */
  @Nullable NonceWindow used(Nonce nonce) {
    Slice slice = slice(nonce.millis());
    return slice == null ? null : slice.windows.get(nonce.counter());
  }

  /** How many nonces are remembered. */
  long size() {
    long size = 0;
    for (int i = 0; i < SLICES; i++) {
      Slice slice = ring.get(i);
      size += slice == null ? 0 : slice.size.get();
    }
    return size;
  }

  private @Nullable Slice slice(long millis) {
    if (millis < floorMillis) {
      return null;
    }
    long number = millis / sliceMillis;
    int at = (int) (number % SLICES);
    Slice slice = ring.get(at);
    while (slice == null || slice.number < number) {
      ring.compareAndSet(at, slice, new Slice(number));
      slice = ring.get(at);
      sweep(number);
    }
    // Again: the slice may be a new one in place of one that just went.
    return slice.number == number && millis >= floorMillis ? slice : null;
  }

  /** Lets go of what is older than any nonce that can still be used. */
  private void sweep(long newest) {
    for (int i = 0; i < SLICES; i++) {
      Slice slice = ring.get(i);
      if (slice != null && slice.number <= newest - SLICES) {
        ring.compareAndSet(i, slice, null);
      }
    }
  }

  /** The floor rises before a slice goes: what was in it is refused, not taken for unused. */
  private synchronized void makeRoom() {
    while (size() > capacity) {
      long oldest = Long.MAX_VALUE;
      for (int i = 0; i < SLICES; i++) {
        Slice slice = ring.get(i);
        oldest = slice == null ? oldest : Math.min(oldest, slice.number);
      }
      long before = floorMillis;
      long end = (oldest + 1) * sliceMillis;
      floorMillis = Math.max(before, end);
      ring.set((int) (oldest % SLICES), null);
      // Of a slice that has not ended yet, only what was made until now can have been in it.
      floorMillis = Math.max(before, Math.min(end, clock.millis() + 1));
    }
  }
}
