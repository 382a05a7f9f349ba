package org.latchkey.quarantine.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.latchkey.admission.Hold;
import org.latchkey.admission.PermittedDestinations.Kind;
import org.latchkey.status.StatusLine;

/**
 * What the quarantine says of its health.
 *
 * @param book who is held
 * @param destinations what everybody reaches
 */
record QuarantineStatus(HoldBook book, SiteDestinations destinations) {

  /** The lines, the worst first. */
  List<StatusLine> lines() {
    List<StatusLine> lines = new ArrayList<>();
    Optional<HeldKeys> held = book.held();
    Optional<String> storeTrouble = book.storeTrouble();
    if (held.isEmpty()) {
      lines.add(
          StatusLine.fault(
              "It is not known who is held, so phones reach the permitted destinations only: "
                  + storeTrouble.orElse("the store was not read yet"),
              "Bring the store back; there is no usable snapshot of holds to go by."));
    } else if (storeTrouble.isPresent()) {
      lines.add(
          StatusLine.warning(
              "Calls are decided by the holds last known, the store is away: " + storeTrouble.get(),
              "Bring the store back; until then nobody can be held, released or approved."));
    }
    book.snapshotTrouble()
        .ifPresent(
            trouble ->
                lines.add(
                    StatusLine.warning(
                        "The snapshot of holds is not up to date: " + trouble,
                        "Make latchkey/holds a file that Karaf's user can write, owner-only.")));
    destinations(lines);
    held.ifPresent(
        keys ->
            lines.add(
                StatusLine.ok(
                    keys.count(Hold.Kind.HELD)
                        + " keys are held, "
                        + keys.count(Hold.Kind.AWAITS_APPROVAL)
                        + " wait for approval, "
                        + keys.count(Hold.Kind.LEFT_BEHIND)
                        + " are left behind on their generation")));
    lines.sort(Comparator.comparing(StatusLine::level).reversed());
    return lines;
  }

  private void destinations(List<StatusLine> lines) {
    Permissions current = destinations.current();
    destinations
        .problem()
        .ifPresent(
            problem ->
                lines.add(
                    StatusLine.warning(
                        "The setting of permitted destinations is not in force: " + problem,
                        "Correct etc/org.latchkey.destinations.cfg; the last good list stays until"
                            + " then.")));
    if (current.helpDeskNumber().isEmpty()) {
      lines.add(
          StatusLine.warning(
              "There is no help desk that a phone in quarantine can call",
              "Set helpDesk in etc/org.latchkey.destinations.cfg."));
    }
    lines.add(
        StatusLine.ok(
            "Everybody reaches "
                + current.list(Kind.EMERGENCY)
                + current.helpDeskNumber().map(number -> "; help desk " + number).orElse("")));
  }
}
