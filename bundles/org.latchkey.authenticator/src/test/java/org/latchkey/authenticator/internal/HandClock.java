package org.latchkey.authenticator.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that moves when told: the wall's and the steady one, together or apart. */
final class HandClock extends Clock {

  private Instant wall;
  private long nanos = 77;

  HandClock(Instant wall) {
    this.wall = wall;
  }

  void pass(Duration time) {
    wall = wall.plus(time);
    nanos += time.toNanos();
  }

  /** Somebody sets the clock. */
  void step(Duration time) {
    wall = wall.plus(time);
  }

  long nanos() {
    return nanos;
  }

  @Override
  public Instant instant() {
    return wall;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
