package org.latchkey.audit.internal.syslog;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.latchkey.audit.ChainedRecord;
import org.latchkey.status.StatusLine;

/**
 * What was sent on connections to the collector, and what of it nobody can tell: RFC 5425 has no
 * receipt, and what the operating system took may be lost with the connection. Written by one
 * thread.
 */
final class Sent {

  /**
   * Records.
   *
   * @param first the number of the first
   * @param last the number of the last
   */
  private record Range(long first, long last) {}

  private final Clock clock;
  private Optional<Range> onThisConnection = Optional.empty();
  private volatile Optional<StatusLine> doubt = Optional.empty();

  Sent(Clock clock) {
    this.clock = clock;
  }

  /** They are about to be sent; even if that fails, some may be on their way. */
  void add(List<ChainedRecord> records) {
    if (!records.isEmpty()) {
      long first = onThisConnection.map(Range::first).orElseGet(() -> records.get(0).number());
      long last = records.get(records.size() - 1).number();
      onThisConnection = Optional.of(new Range(first, last));
    }
  }

  /** The connection ended without our wish. */
  void lost() {
    Instant now = clock.instant();
    onThisConnection.ifPresent(range -> doubt = Optional.of(line(range, now)));
    onThisConnection = Optional.empty();
  }

  private static StatusLine line(Range range, Instant at) {
    return StatusLine.warning(
        "The connection to the syslog collector ended at %s; whether the last of records %d to %d, which were sent on it, arrived, syslog does not tell"
            .formatted(at, range.first(), range.last()),
        "Compare with the numbers that the collector has; latchkey:audit shows those that it lacks.");
  }

  /** What status says of it. */
  List<StatusLine> lines() {
    return doubt.stream().toList();
  }
}
