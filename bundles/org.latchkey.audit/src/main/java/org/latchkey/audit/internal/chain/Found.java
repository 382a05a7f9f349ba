package org.latchkey.audit.internal.chain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.latchkey.status.StatusLine;

/**
 * What archives held when the log first asked them, judged by what the process before left. For the
 * chain's thread; the lines are for all.
 */
final class Found {

  private static final String NEXT =
      "See \"When sinks disagree\" in docs/audit.md; nothing is repaired by itself.";

  private final List<StatusLine> lines = new CopyOnWriteArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private Left left = Left.NOTHING;

  /** What status and verification say of it. */
  List<StatusLine> lines() {
    return List.copyOf(lines);
  }

  /** What is to be written into the log itself, once. */
  List<String> takeNotes() {
    List<String> taken = List.copyOf(notes);
    notes.clear();
    return taken;
  }

  /** The head that the log was stopped with, if it was in order. */
  Optional<SignedHead> stop() {
    return left.stop();
  }

  /**
   * Those archives that the chain may go on from. If one ends where the log was stopped, others
   * that were added to since are in conflict; if none does, that can only be said.
   */
  Map<Lane, Tail> trusted(Map<Lane, Tail> answers, Left before) {
    left = before;
    Map<Lane, Tail> trusted = new LinkedHashMap<>(answers);
    before.stop().ifPresent(stop -> judge(answers, stop, trusted));
    return trusted;
  }

  private void judge(Map<Lane, Tail> answers, SignedHead stop, Map<Lane, Tail> trusted) {
    boolean proved =
        answers.values().stream()
            .anyMatch(tail -> tail.damage().isEmpty() && tail.end().equals(stop.link()));
    answers.forEach(
        (lane, tail) -> {
          Optional<String> added = added(tail.end(), stop);
          if (added.isPresent() && proved) {
            lane.conflicts(added.get());
            trusted.remove(lane);
          } else if (added.isPresent()) {
            String words = "In the %s, %s".formatted(lane.sink().name(), added.get());
            lines.add(StatusLine.fault(words, NEXT));
            notes.add(words);
          }
        });
  }

  /** Why an archive can't end there if the log was stopped there. */
  static Optional<String> added(Link at, SignedHead stop) {
    Link end = stop.link();
    if (at.number() > end.number()) {
      return Optional.of(
          "records %d to %d were added while the audit log did not run: it was stopped with record %d, signed at %s"
              .formatted(end.number() + 1, at.number(), end.number(), stop.signedAt()));
    }
    return at.number() == end.number() && !at.equals(end)
        ? Optional.of(
            "record %d is not the one that the audit log was stopped with, signed at %s"
                .formatted(at.number(), stop.signedAt()))
        : Optional.empty();
  }

  /** An archive ended with a record when the chain ended with a later one. */
  void ended(String sink, long number, long end) {
    long covered = Math.min(end, left.covered());
    if (number < covered) {
      lines.add(
          StatusLine.ok(
              "The %s ended with record %d when it was first asked; it was given records %d to %d, which a signed head covers"
                  .formatted(sink, number, number + 1, covered)));
    }
    uncovered("not in the " + sink, number, end);
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
    lines.add(
        StatusLine.warning(
            words,
            "A process that was killed leaves such records. If it was not, somebody added them: see docs/audit.md."));
    notes.add(words);
  }
}
