package org.latchkey.quarantine.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.latchkey.admission.Originator;
import org.latchkey.admission.PermittedCall;
import org.latchkey.admission.PermittedDestinations.Kind;
import org.latchkey.audit.AuditEntry;
import org.latchkey.status.StatusLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Alarm, journal and audit entry of each call to a permitted destination, in this order. What the
 * audit log does not take is kept and tried again, up to a bound. For one thread, but for the
 * status.
 */
final class PermittedCallLedger {

  private static final Logger LOG = LoggerFactory.getLogger(PermittedCallLedger.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Neighbours neighbours;
  private final InstantSource clock;
  private final int maxUnaudited;
  private final CallTally tally = new CallTally();
  private final Storms storms = new Storms();
  private final Deque<AuditEntry> unaudited = new ArrayDeque<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();
  private Instant notBefore = Instant.MIN;
  private Instant latest = Instant.MIN;

  PermittedCallLedger(Neighbours neighbours, InstantSource clock, int maxUnaudited) {
    this.neighbours = neighbours;
    this.clock = clock;
    this.maxUnaudited = maxUnaudited;
  }

  /** Whether there is nothing to do until the next call. */
  boolean isIdle() {
    return unaudited.isEmpty() && tally.isEmpty();
  }

  /** Records a call, if there is one, and what is due from earlier. Never throws. */
  void record(Optional<PermittedCall> call) {
    Instant now = clock.instant();
    if (now.isBefore(latest)) {
      // The clock was set back: nothing waits for a time that is far away now.
      notBefore = Instant.MIN;
      tally.ended(Instant.MAX).forEach(this::counted);
    }
    latest = now;
    call.filter(c -> isSurelyTold(c) || tally.isTold(c, now)).ifPresent(this::announce);
    tally.ended(now).forEach(this::counted);
    if (!now.isBefore(notBefore)) {
      flush();
    }
  }

  /** The last try before the end. */
  void finish() {
    tally.ended(Instant.MAX).forEach(this::counted);
    flush();
    if (!unaudited.isEmpty()) {
      LOG.error(
          "{} calls to permitted destinations are in this log only, the audit log was away",
          unaudited.size());
    }
  }

  /** What is so; {@code lost} calls never got here. */
  List<StatusLine> status(long lost) {
    List<StatusLine> lines = new ArrayList<>();
    lines.add(recorded(lost + dropped.get()));
    lines.addAll(storms.lines(clock.instant()));
    lines.sort(Comparator.comparing(StatusLine::level).reversed());
    return lines;
  }

  private StatusLine recorded(long missing) {
    if (missing > 0) {
      return StatusLine.warning(
          missing + " calls to permitted destinations were not recorded, they were too many",
          "Look for their source in the log; block it in front of the PBX.");
    }
    return waiting.get() > 0
        ? StatusLine.warning(
            waiting.get() + " calls to permitted destinations wait for the audit log",
            "Bring the store back; they are written then.")
        : StatusLine.ok("Calls to permitted destinations are recorded");
  }

  /**
   * Calls that were put through are all told, but for those that anybody can make: a trunk is known
   * by its address, which may be forged.
   */
  private static boolean isSurelyTold(PermittedCall call) {
    return call.routed() && call.originator() instanceof Originator.Phone;
  }

  private void counted(CallTally.Counted counted) {
    keep(counted.entry());
    storms.note(counted);
  }

  private void announce(PermittedCall call) {
    CallRecord record = new CallRecord(call);
    if (call.destination().kind() == Kind.EMERGENCY || !call.routed()) {
      LOG.warn("{}", record.alarm());
    } else {
      LOG.info("{}", record.alarm());
    }
    try {
      neighbours.note(record.event());
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("The journal failed on a permitted call: {}", e.toString());
    }
    keep(record.entry());
  }

  private void keep(AuditEntry entry) {
    if (unaudited.size() >= maxUnaudited) {
      dropped.incrementAndGet();
    } else {
      unaudited.add(entry);
      waiting.set(unaudited.size());
    }
  }

  private void flush() {
    try {
      for (AuditEntry entry = unaudited.peek(); entry != null; entry = unaudited.peek()) {
        neighbours.audit(entry);
        unaudited.remove();
        waiting.set(unaudited.size());
      }
      if (notBefore.isAfter(Instant.MIN)) {
        notBefore = Instant.MIN;
        LOG.info("The audit log takes calls to permitted destinations again");
      }
    } catch (RuntimeException | LinkageError e) {
      if (notBefore.equals(Instant.MIN)) {
        LOG.warn("Calls to permitted destinations wait for the audit log: {}", e.getMessage());
      }
      notBefore = clock.instant().plus(RETRY);
    }
  }
}
