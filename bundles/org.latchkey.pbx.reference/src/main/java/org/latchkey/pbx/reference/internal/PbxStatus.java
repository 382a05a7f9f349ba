package org.latchkey.pbx.reference.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.latchkey.status.StatusLine;

/** How the PBX is, for administrators. */
final class PbxStatus {

  private final Pbx pbx;
  private final Supplier<List<String>> problems;

  PbxStatus(Pbx pbx, Supplier<List<String>> problems) {
    this.pbx = pbx;
    this.problems = problems;
  }

  /** Its lines, the worst first. */
  List<StatusLine> lines(boolean authenticator, boolean admission) {
    List<StatusLine> lines = new ArrayList<>();
    problems.get().stream()
        .filter(problem -> !problem.isEmpty())
        .forEach(p -> lines.add(StatusLine.fault(p, correction(p))));
    pbx.listeners().problems().forEach(p -> lines.add(StatusLine.fault("SIP " + p + '.', next(p))));
    if (!authenticator) {
      lines.add(
          StatusLine.fault(
              "No authenticator: no phone can register or call, but for permitted destinations.",
              "Start the bundle org.latchkey.authenticator."));
    }
    if (!admission) {
      lines.add(
          StatusLine.fault(
              "No call admission: only permitted destinations can be called.",
              "Start the bundle org.latchkey.quarantine."));
    }
    pbx.deadEnds().forEach(end -> lines.add(deadEnd(end)));
    Pbx.CallCount calls = pbx.callCount();
    lines.add(
        StatusLine.ok(
            "Listens on %s; %d AORs registered; %d calls, %d of them unproved callers'."
                .formatted(
                    String.join(", ", pbx.listeners().descriptions()),
                    pbx.bindings().size(),
                    calls.calls(),
                    calls.unproved())));
    return lines;
  }

  private static String correction(String problem) {
    return problem.startsWith("The short code")
        ? "Set another moveCode in etc/org.latchkey.pbx.reference.cfg."
        : "Correct it; the last good one holds.";
  }

  private static StatusLine deadEnd(String end) {
    return StatusLine.warning(
        "The permitted destination " + end + " leads nowhere: nobody is registered there.",
        "Register a phone there, or set another target in etc/org.latchkey.destinations.cfg.");
  }

  private static String next(String problem) {
    if (problem.contains("certificate")) {
      return "Start the bundle org.latchkey.https, which makes one, or put your own PEM files there.";
    }
    return "Free the port (ss -lptn shows who has it) or set another one in"
        + " etc/org.latchkey.pbx.reference.cfg; it is tried again every 2 seconds.";
  }
}
