package org.latchkey.quarantine.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.latchkey.admission.PermittedCall;
import org.latchkey.status.StatusLine;

/** Who called permitted destinations so much of late that it was only counted. Thread-safe. */
final class Storms {

  private static final Duration LASTS = Duration.ofHours(1);
  private static final int MOST = 5;

  private final List<CallTally.Counted> lately = new ArrayList<>();

  /** Keeps the few with the most calls, each sort of call of each caller once. */
  synchronized void note(CallTally.Counted counted) {
    Instant now = counted.end();
    lately.removeIf(old -> isOver(old, now) || (isSame(old, counted) && !isMore(old, counted)));
    if (lately.stream().noneMatch(old -> isSame(old, counted))) {
      lately.add(counted);
    }
    lately.sort(Comparator.comparing(CallTally.Counted::calls).reversed());
    if (lately.size() > MOST) {
      lately.remove(MOST);
    }
  }

  /** A warning for each, the one with the most calls first. */
  synchronized List<StatusLine> lines(Instant now) {
    return lately.stream().filter(counted -> !isOver(counted, now)).map(Storms::line).toList();
  }

  private static boolean isOver(CallTally.Counted counted, Instant now) {
    return !now.isBefore(counted.end().plus(LASTS));
  }

  private static boolean isSame(CallTally.Counted one, CallTally.Counted other) {
    return sort(one.first()).equals(sort(other.first()));
  }

  private static boolean isMore(CallTally.Counted one, CallTally.Counted other) {
    return one.calls() > other.calls();
  }

  private static String sort(PermittedCall call) {
    CallRecord record = new CallRecord(call);
    return record.sort() + ' ' + record.caller();
  }

  private static StatusLine line(CallTally.Counted counted) {
    PermittedCall call = counted.first();
    String who =
        call.originator()
            .fold(
                phone -> "The phone " + phone.aor(),
                unproved -> "An unproved caller at " + CallNotes.address(unproved),
                trusted -> "The trunk " + OneLine.of(trusted.name()));
    String next =
        call.originator()
            .fold(
                phone -> "Ask its user; latchkey:hold does not stop calls for help.",
                unproved -> "Block the address in front of the PBX if nobody needs help there.",
                trusted -> "Keep trunks on a network of their own, where nobody forges addresses.");
    return StatusLine.warning(
        "%s called %s %d times within a minute%s, until %s%s"
            .formatted(
                who,
                call.destination().dialled(),
                counted.calls(),
                call.routed() ? "" : " and was not put through",
                counted.end(),
                call.originator()
                    .fold(p -> "", u -> "", t -> "; who can forge its address is taken for it")),
        next);
  }
}
