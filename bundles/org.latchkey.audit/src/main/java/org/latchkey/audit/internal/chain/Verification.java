package org.latchkey.audit.internal.chain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.audit.AuditArchive;
import org.latchkey.status.StatusLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies each archive by itself, then all with one another, with what this process has seen
 * confirmed, and with signed heads. One run each.
 */
final class Verification {

  private static final Logger LOG = LoggerFactory.getLogger(Verification.class);

  private static final String NEXT =
      "Keep all that is in latchkey/audit and latchkey/store as it is, and see docs/audit.md.";

  private static final String CAUGHT_UP = "It is caught up by itself.";

  /**
   * An archive that is a chain by itself, where it ends, its hashes at the places asked for, and
   * why it lacks records, if it is merely behind.
   */
  private record Sound(
      AuditArchive archive, Link end, Map<Long, String> hashes, Optional<String> behind) {

    String name() {
      return archive.name();
    }
  }

  /** An archive whose records of before the chain are not what was sealed, taken as a whole. */
  private record Doubted(AuditArchive archive, long sealing, String problem) {}

  private final Sinks sinks;
  private final HeadKeeper keeper;
  private final Link known;
  private final Found found;
  private final List<Doubted> doubted = new ArrayList<>();
  private final List<StatusLine> lines = new ArrayList<>();
  private final List<Sound> sound = new ArrayList<>();

  Verification(ChainWriter writer, HeadKeeper keeper) {
    this.sinks = writer.sinks();
    this.keeper = keeper;
    this.known = writer.confirmed().link();
    this.found = writer.found();
  }

  /**
   * Does it.
   *
   * @throws IllegalArgumentException when {@code exported} is no signed head
   */
  List<StatusLine> run(Optional<String> exported) {
    Optional<SignedHead> head = exported.map(SignedHead::read);
    Optional<SignedHead> kept = keptHead();
    Set<Long> places = new HashSet<>(List.of(known.number()));
    head.ifPresent(h -> places.add(h.link().number()));
    kept.ifPresent(h -> places.add(h.link().number()));
    for (Lane lane : sinks.archives()) {
      lane.archive().ifPresent(archive -> follow(lane, archive, new Check(places)));
    }
    if (sinks.archives().isEmpty()) {
      fault("There is no archive to verify", "Start the bundles of Latchkey.");
    }
    doubted.forEach(this::nameAltered);
    lines.addAll(found.lines());
    compareWithEachOther();
    kept.ifPresent(h -> compare(h, "the head that this node keeps"));
    head.ifPresent(this::compareExported);
    if (head.isEmpty()) {
      lines.add(
          StatusLine.ok(
              "Whoever can write all of latchkey/ can cut the end off everywhere, or write all anew:"
                  + " only a head that was exported before shows that (--head FILE)"));
    }
    lines.sort(Comparator.comparing(StatusLine::level).reversed());
    return List.copyOf(lines);
  }

  private void follow(Lane lane, AuditArchive archive, Check check) {
    if (lane.state() == Lane.State.HANGING) {
      lines.add(
          StatusLine.warning(
              "The %s was not verified: %s".formatted(archive.name(), lane.reason()),
              "Verify again when it answers."));
      return;
    }
    if (lane.state() == Lane.State.FORKED) {
      fault(
          "The %s is in conflict with the chain: %s".formatted(archive.name(), lane.reason()),
          NEXT);
    }
    long had = lane.has().orElse(0);
    try {
      archive.readAll(check);
    } catch (RuntimeException e) {
      fault(
          "The %s can't be read: %s".formatted(archive.name(), e.getMessage()),
          "Put right what it names, and verify again.");
      return;
    }
    Optional<String> problem = check.problem();
    if (problem.isPresent() && check.sealing() > 0) {
      doubted.add(new Doubted(archive, check.sealing(), problem.get()));
      return;
    }
    if (problem.isPresent()) {
      fault("In the %s, %s".formatted(archive.name(), problem.get()), NEXT);
      return;
    }
    Optional<String> behind = behind(lane, check.end(), had);
    sound.add(new Sound(archive, check.end(), check.hashes(), behind));
    whole(archive, check.end(), had, lane.reason());
  }

  /** Why an archive that has all that it is known to have had lacks the rest, if it does. */
  private static Optional<String> behind(Lane lane, Link end, long had) {
    boolean current = lane.state() == Lane.State.CURRENT || lane.state() == Lane.State.FORKED;
    return current || end.number() < had ? Optional.empty() : Optional.of(lane.reason());
  }

  private void whole(AuditArchive archive, Link end, long had, String why) {
    if (end.number() < known.number()) {
      shorter(archive, end, had, why);
    } else {
      lines.add(
          StatusLine.ok(
              "In the %s, %d records follow one another without a gap"
                  .formatted(archive.name(), end.number())));
    }
  }

  /** By comparison with an archive that has a hash for each of them. */
  private void nameAltered(Doubted one) {
    String words = one.problem();
    for (Sound other : sound) {
      try {
        if (other.end().number() >= one.sealing()) {
          long first =
              new Comparison(one.archive(), other.archive())
                  .firstDifference(one.sealing())
                  .orElse(one.sealing());
          words = "record %d was altered: the %s has it as it was".formatted(first, other.name());
        }
      } catch (RuntimeException e) {
        LOG.debug("{} and {} can't be compared", one.archive().name(), other.name(), e);
      }
    }
    fault("In the %s, %s".formatted(one.archive().name(), words), NEXT);
  }

  private void shorter(AuditArchive archive, Link end, long had, String why) {
    String words =
        "The %s ends with record %d, record %d is the first that is missing"
            .formatted(archive.name(), end.number(), end.number() + 1);
    if (end.number() < had) {
      fault(words + ": its end was cut off", NEXT);
    } else {
      lines.add(StatusLine.warning(words + ": " + why, CAUGHT_UP));
    }
  }

  private void compareWithEachOther() {
    for (int i = 1; i < sound.size(); i++) {
      Sound a = sound.get(0);
      Sound b = sound.get(i);
      Optional<Long> differing;
      try {
        differing = firstDifference(a, b);
      } catch (RuntimeException e) {
        fault(
            "%s and %s can't be compared: %s".formatted(a.name(), b.name(), e.getMessage()), NEXT);
        continue;
      }
      if (differing.isPresent()) {
        fault(
            "Record %d is not the same in the %s and in the %s: one was altered and its hashes made anew"
                .formatted(differing.get(), a.name(), b.name()),
            NEXT);
      } else {
        lines.add(StatusLine.ok("%s and %s say the same".formatted(a.name(), b.name())));
      }
    }
    for (Sound one : sound) {
      compare(one, known, "what this process has written");
    }
  }

  private static Optional<Long> firstDifference(Sound a, Sound b) {
    long end = Math.min(a.end().number(), b.end().number());
    return new Comparison(a.archive(), b.archive()).firstDifference(end);
  }

  private void compare(SignedHead head, String what) {
    String words = what + ", signed at " + head.signedAt();
    for (Sound one : sound) {
      boolean chainHas = known.number() >= head.link().number();
      if (one.end().number() < head.link().number() && chainHas && one.behind().isPresent()) {
        lines.add(
            StatusLine.warning(
                "The %s does not reach %s (record %d) yet: %s"
                    .formatted(one.name(), words, head.link().number(), one.behind().get()),
                CAUGHT_UP));
      } else if (one.end().number() < head.link().number()) {
        fault(
            "The %s ends with record %d, but %s, has record %d: its end was cut off, record %d is the first that is missing"
                .formatted(
                    one.name(),
                    one.end().number(),
                    words,
                    head.link().number(),
                    one.end().number() + 1),
            NEXT);
      } else if (compare(one, head.link(), words)) {
        lines.add(
            StatusLine.ok(
                "The %s leads to %s (record %d)"
                    .formatted(one.name(), words, head.link().number())));
      }
    }
  }

  private boolean compare(Sound one, Link link, String what) {
    if (link.number() == 0 || one.end().number() < link.number()) {
      return true;
    }
    boolean same = link.hash().equals(one.hashes().get(link.number()));
    if (!same) {
      fault(
          "The %s does not lead to %s: a record up to %d was altered and all hashes after it made anew"
              .formatted(one.name(), what, link.number()),
          NEXT);
    }
    return same;
  }

  private Optional<SignedHead> keptHead() {
    try {
      return keeper.kept();
    } catch (IOException | IllegalArgumentException e) {
      fault("The head that this node keeps can't be used: " + e.getMessage(), NEXT);
      return Optional.empty();
    }
  }

  private void compareExported(SignedHead head) {
    try {
      if (!keeper.isOurs(head)) {
        fault(
            "The given head was signed with another key than this node has in latchkey/audit",
            "Either it is of another node, or that key was replaced.");
      }
    } catch (IOException e) {
      fault("The key in latchkey/audit can't be read: " + e.getMessage(), NEXT);
    }
    compare(head, "the given head");
  }

  private void fault(String words, String next) {
    lines.add(StatusLine.fault(words, next));
  }
}
