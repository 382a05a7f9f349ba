package org.latchkey.keyagent.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.latchkey.key.EnrolmentWindows.Kind;
import org.latchkey.key.EnrolmentWindows.Window;
import org.latchkey.status.StatusLine;
import org.latchkey.status.StatusSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Which ways in are open, and who tries them. */
@Component(immediate = true)
public final class PolicyStatus implements StatusSource {

  private static final int MOST_ALARMS = 5;
  private static final String CLOSE = "latchkey:window --close closes it";

  private final Policies policies;

  /** The service. */
  @Activate
  public PolicyStatus(@Reference Agent agent) {
    this(agent.parts());
  }

  PolicyStatus(Parts parts) {
    policies = parts.policies();
  }

  @Override
  public String part() {
    return "enrolment";
  }

  @Override
  public List<StatusLine> status() {
    List<StatusLine> lines = new ArrayList<>();
    policies
        .windows()
        .open()
        .forEach(window -> lines.add(StatusLine.warning(words(window), CLOSE)));
    int single = policies.windows().letIn();
    if (single > 0) {
      lines.add(
          StatusLine.warning(single + " devices are let in by their MAC address alone", CLOSE));
    }
    List<String> alarms = policies.watch().alarms();
    alarms.stream()
        .limit(MOST_ALARMS)
        .forEach(
            words ->
                lines.add(
                    StatusLine.warning(words, "See latchkey:pending, and latchkey:why ADDRESS")));
    if (alarms.size() > MOST_ALARMS) {
      lines.add(
          StatusLine.warning(
              "%d more alarms within the hour".formatted(alarms.size() - MOST_ALARMS),
              "See log:display"));
    }
    policies
        .authorities()
        .fault()
        .ifPresent(
            fault ->
                lines.add(
                    StatusLine.fault(fault, "Put it right, or remove it and import them again")));
    String vendors =
        policies.authorities().all().stream()
            .map(FactoryAuthority::vendor)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    lines.add(
        StatusLine.ok(
            vendors.isEmpty()
                ? "No factory certificate counts; latchkey:factory-trust imports authorities"
                : "Factory certificates count of " + vendors));
    lines.sort(Comparator.comparing(StatusLine::level).reversed());
    return List.copyOf(lines);
  }

  private static String words(Window window) {
    return window.kind() == Kind.INVENTORY
        ? "A window is open until %s: devices of the inventory are served by their MAC address alone, %d so far"
            .formatted(window.until(), window.served())
        : "A window is open until %s: anybody's phone is let into quarantine, %d so far"
            .formatted(window.until(), window.served());
  }
}
