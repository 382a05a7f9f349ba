package org.latchkey.audit.internal.chain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.latchkey.status.StatusLine;

/**
 * What archives held when the log first asked them, judged by what the process before left. For the
 * chain's thread; the lines are for all.
 */
final class Found {

  private static final String NEXT =
      "See \"When sinks disagree\" in docs/audit.md; nothing is repaired by itself.";

  private final List<Supplier<StatusLine>> lines = new CopyOnWriteArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private Left left = Left.NOTHING;

  /** What status and verification say of it. */
  List<StatusLine> lines() {
    return lines.stream().map(Supplier::get).toList();
  }

  /** What is to be written into the log itself, once. */
  List<String> takeNotes() {
    List<String> taken = List.copyOf(notes);
    notes.clear();
    return taken;
  }

  /** What the process before left. */
  Left left() {
    return left;
  }

  /**
   * Those archives that the chain may go on from. One is in conflict if it can't be what the
   * process before left, and another proves that; if none does, that can only be said.
   */
  Map<Lane, Tail> trusted(Map<Lane, Tail> answers, Left before) {
    left = before;
    lines.clear();
    notes.clear();
    boolean started = anySound(answers, Set.of(Stand.STARTED));
    boolean leads = anySound(answers, Set.of(Stand.ENDS, Stand.STARTED, Stand.BEYOND));
    boolean ends = anySound(answers, Set.of(Stand.ENDS, Stand.STARTED));
    Map<Lane, Tail> trusted = new LinkedHashMap<>(answers);
    answers.forEach(
        (lane, tail) -> {
          Optional<String> words = left.accusation(tail.stand(), tail.end().number(), started);
          boolean proved = tail.stand() == Stand.DIFFERS ? leads : ends;
          if (words.isPresent() && proved) {
            lane.conflicts(words.get());
            trusted.remove(lane);
          } else if (words.isPresent() && left.inOrder()) {
            say("In the %s, %s".formatted(lane.sink().name(), words.get()));
          }
        });
    return trusted;
  }

  private static boolean anySound(Map<Lane, Tail> answers, Set<Stand> stands) {
    return answers.values().stream()
        .anyMatch(tail -> tail.damage().isEmpty() && stands.contains(tail.stand()));
  }

  private void say(String words) {
    StatusLine line = StatusLine.fault(words, NEXT);
    lines.add(() -> line);
    notes.add(words);
  }

  /** An archive ended with a record when the chain ended with a later one. */
  void ended(Lane lane, long number, long end) {
    long covered = Math.min(end, left.covered());
    if (number < covered) {
      lines.add(() -> covered(lane, number, covered));
    }
    uncovered("not in the " + lane.sink().name(), number, end);
  }

  private static StatusLine covered(Lane lane, long number, long covered) {
    String words =
        "The %s ended with record %d when it was first asked; it %s records %d to %d, which a signed head covers"
            .formatted(
                lane.sink().name(),
                number,
                lane.wasCurrent() ? "was given" : "lacks",
                number + 1,
                covered);
    return lane.wasCurrent()
        ? StatusLine.ok(words)
        : StatusLine.warning(words, "When it can be written, it is given them by itself.");
  }

  /** An archive that answered late had more than the others. */
  void wentOn(String sink, long number, long end) {
    uncovered("in the " + sink + " alone", number, end);
  }

  private void uncovered(String where, long number, long end) {
    long from = Math.max(number, left.covered()) + 1;
    if (from > end) {
      return;
    }
    String words =
        "Records %d to %d were %s when it was first asked, and no signed head covers them"
            .formatted(from, end, where);
    StatusLine line =
        StatusLine.warning(
            words,
            "A process that was killed leaves such records, and so does a backup or older copy that was put back. If it was neither, somebody added them: see docs/audit.md.");
    lines.add(() -> line);
    notes.add(words);
  }
}
