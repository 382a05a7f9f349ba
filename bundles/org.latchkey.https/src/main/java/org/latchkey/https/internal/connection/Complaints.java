package org.latchkey.https.internal.connection;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a door had to turn away for want of room. A storm is one line a minute in the log, and is
 * told by the status for ten minutes. Thread-safe.
 */
final class Complaints {

  private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);
  private static final long BETWEEN_LINES = Duration.ofMinutes(1).toNanos();
  private static final long TOLD_FOR = Duration.ofMinutes(10).toNanos();

  private final String door;
  private final LongSupplier nanoTime;

  private long turnedAway;
  private long last;
  private long lastLine;
  private String lastReason = "";

  Complaints(String door, LongSupplier nanoTime) {
    this.door = door;
    this.nanoTime = nanoTime;
  }

  /** Somebody was turned away. */
  synchronized void add(String reason) {
    long now = nanoTime.getAsLong();
    turnedAway++;
    last = now;
    if (lastReason.isEmpty() || now - lastLine >= BETWEEN_LINES) {
      lastLine = now;
      LOG.warn("{} turned {} away since its start, now because {}", door, turnedAway, reason);
    }
    lastReason = reason;
  }

  /** What happened in the last ten minutes, if anything. */
  synchronized Optional<String> recent() {
    return !lastReason.isEmpty() && nanoTime.getAsLong() - last < TOLD_FOR
        ? Optional.of(
            "%s turned %d away since its start, last because %s"
                .formatted(door, turnedAway, lastReason))
        : Optional.empty();
  }
}
