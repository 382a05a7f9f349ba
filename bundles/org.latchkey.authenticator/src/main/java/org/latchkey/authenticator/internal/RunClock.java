package org.latchkey.authenticator.internal;

import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * Milliseconds since 1970 as they were when this run began, counted on by the steady clock: a step
 * of the wall clock moves nothing, and no nonce becomes young again after its record was swept.
 */
final class RunClock {

  private final long startMillis;
  private final long startNanos;
  private final LongSupplier steadyNanos;

  RunClock(Clock wall, LongSupplier steadyNanos) {
    this.startMillis = wall.millis();
    this.startNanos = steadyNanos.getAsLong();
    this.steadyNanos = steadyNanos;
  }

  /** Milliseconds; never goes back while this run lasts. */
  long millis() {
    return startMillis + (steadyNanos.getAsLong() - startNanos) / 1_000_000;
  }
}
