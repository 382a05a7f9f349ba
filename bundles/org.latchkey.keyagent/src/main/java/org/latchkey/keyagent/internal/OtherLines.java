package org.latchkey.keyagent.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.Enrolments.Problem;
import org.latchkey.key.KeyRecords;

/**
 * The lines that a device's file will hold beside those that are ordered. Who enrols the first line
 * of a device anew may have forgotten them: they would go to its next user.
 */
final class OtherLines {

  private final DeviceLines lines;
  private final Supplier<KeyRecords> store;

  /**
   * Lines of devices.
   *
   * @param store asked for when an order names a device
   */
  OtherLines(DeviceLines lines, Supplier<KeyRecords> store) {
    this.lines = lines;
    this.store = store;
  }

  /** The enrolment that counts of each such line of the orders' devices, by device and line. */
  List<Enrolment> beside(Collection<Orders.Checked> orders) {
    return byDevice(orders).values().stream().flatMap(List::stream).toList();
  }

  /** The orders, by their index, which would hand over lines that nobody has mentioned. */
  List<Problem> problems(Map<Integer, Orders.Checked> orders) {
    Map<String, List<Enrolment>> others = byDevice(orders.values());
    List<Problem> problems = new ArrayList<>();
    orders.forEach(
        (index, one) -> {
          List<Enrolment> theirs = one.device().map(others::get).orElse(List.of());
          if (one.order().line() == 1 && !one.order().keepLines() && !theirs.isEmpty()) {
            problems.add(new Problem(index, sentence(theirs), false));
          }
        });
    return problems;
  }

  private Map<String, List<Enrolment>> byDevice(Collection<Orders.Checked> orders) {
    Map<String, Set<Integer>> ordered = new TreeMap<>();
    for (Orders.Checked one : orders) {
      one.device()
          .filter(device -> one.order().codeKind() != CodeKind.PIN)
          .ifPresent(
              device ->
                  ordered.computeIfAbsent(device, name -> new TreeSet<>()).add(one.order().line()));
    }
    Map<String, List<Enrolment>> others = new TreeMap<>();
    ordered.forEach(
        (device, numbers) ->
            others.put(
                device,
                lines.inFile(store.get(), device).stream()
                    .filter(one -> !numbers.contains(one.line()))
                    .toList()));
    return others;
  }

  private static String sentence(List<Enrolment> theirs) {
    return ("The file of device %s also holds %s. Enrol them anew with it, their extensions with"
            + " commas; or say latchkey:enrol or latchkey:import with --keep-lines if they stay with"
            + " the device; or end them first: latchkey:revoke %1$s --all-lines.")
        .formatted(
            theirs.get(0).device().orElse(""),
            theirs.stream()
                .map(one -> "line %d (%s)".formatted(one.line(), one.aor()))
                .collect(Collectors.joining(", ")));
  }
}
