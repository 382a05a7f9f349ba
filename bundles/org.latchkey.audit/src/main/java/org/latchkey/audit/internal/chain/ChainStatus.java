package org.latchkey.audit.internal.chain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.latchkey.status.StatusLine;

/** What the audit log says of itself, from memory. While all starts, nothing is called a fault. */
final class ChainStatus {

  /** How long sinks may take to come up before that is worth a warning. */
  private static final Duration GRACE = Duration.ofMinutes(1);

  private final ChainWriter writer;
  private final HeadKeeper keeper;
  private final IntSupplier archives;
  private final Clock clock;
  private final Instant graceEnds;

  ChainStatus(ChainWriter writer, HeadKeeper keeper, IntSupplier archives, Clock clock) {
    this.writer = writer;
    this.keeper = keeper;
    this.archives = archives;
    this.clock = clock;
    this.graceEnds = clock.instant().plus(GRACE);
  }

  /** The lines, the worst first. */
  List<StatusLine> lines() {
    List<StatusLine> lines = new ArrayList<>();
    List<Lane> lanes = writer.sinks().lanes();
    boolean works = writer.sinks().anyCurrent();
    boolean starting = clock.instant().isBefore(graceEnds);
    lines.add(works ? works(lanes) : nothingWorks(starting));
    lanes.forEach(lane -> line(lane, starting).ifPresent(lines::add));
    int missing = archives.getAsInt() - writer.sinks().archives().size();
    if (missing > 0 && !starting) {
      lines.add(
          StatusLine.warning(
              "A sink of another bundle is not there",
              "Start that bundle: latchkey:status names it."));
    }
    lines.addAll(writer.found().lines());
    keeper.fault().ifPresent(fault -> lines.add(head(fault)));
    lines.sort(Comparator.comparing(StatusLine::level).reversed());
    return List.copyOf(lines);
  }

  private StatusLine works(List<Lane> lanes) {
    String names =
        lanes.stream()
            .filter(lane -> lane.state() == Lane.State.CURRENT)
            .map(lane -> lane.sink().name())
            .collect(Collectors.joining(" and "));
    return StatusLine.ok(
        "%d records, each in %s".formatted(writer.confirmed().link().number(), names));
  }

  private StatusLine nothingWorks(boolean starting) {
    String reasons = writer.reasons();
    return starting
        ? StatusLine.warning("Not open yet: " + reasons, "Ask again in a few seconds.")
        : StatusLine.fault(
            "No record can be written, so no key is issued and nothing is changed: " + reasons,
            "Put right one of them; the audit log comes back by itself.");
  }

  private Optional<StatusLine> line(Lane lane, boolean starting) {
    String name = lane.sink().name();
    Optional<String> damage = lane.damage();
    if (lane.state() == Lane.State.FORKED) {
      return Optional.of(
          StatusLine.fault(
              "The %s is in conflict with the chain and not written to: %s"
                  .formatted(name, lane.reason()),
              "See \"When sinks disagree\" in docs/audit.md; nothing is repaired by itself."));
    }
    if (damage.isPresent()) {
      return Optional.of(
          StatusLine.fault(
              "In the %s, %s".formatted(name, damage.get()),
              "latchkey:audit --verify says more; see docs/audit.md."));
    }
    if (lane.state() == Lane.State.CURRENT || starting) {
      return Optional.empty();
    }
    String lacks =
        lane.has().isPresent()
            ? "lacks records after " + lane.has().getAsLong()
            : "was not compared with the chain";
    return Optional.of(
        StatusLine.warning(
            "The %s %s: %s".formatted(name, lacks, lane.reason()),
            "When it can be written again, it is caught up by itself."));
  }

  private static StatusLine head(String fault) {
    return StatusLine.fault("The signed head is not kept: " + fault, "See docs/audit.md.");
  }
}
