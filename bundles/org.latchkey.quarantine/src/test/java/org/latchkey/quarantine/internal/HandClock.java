package org.latchkey.quarantine.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves by hand. */
final class HandClock implements InstantSource {

  private Instant now = Instant.parse("2026-11-25T10:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  void advance(Duration by) {
    now = now.plus(by);
  }
}
