package org.latchkey.pbx.reference.internal;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time as this machine's clock had it at the start and as much later as has passed since: when
 * somebody sets the clock, no registration ends by that. Thread-safe.
 */
final class SteadyClock implements InstantSource {

  private final Instant start;
  private final LongSupplier nanos;
  private final long startNanos;

  /** Starts at what {@code wall} says and goes on by {@code nanos}, such as System.nanoTime(). */
  SteadyClock(InstantSource wall, LongSupplier nanos) {
    this.start = wall.instant();
    this.nanos = nanos;
    this.startNanos = nanos.getAsLong();
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanos.getAsLong() - startNanos);
  }
}
