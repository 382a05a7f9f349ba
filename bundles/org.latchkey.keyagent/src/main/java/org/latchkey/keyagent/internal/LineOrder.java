package org.latchkey.keyagent.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;

/**
 * An order, and how its line is fetched. Of several lines of one device the lowest alone has a
 * code: it fetches them all. A further line of a device that has a key already needs none; nor does
 * the inventory: a MAC address alone must not get a line, and by its login the others.
 *
 * @param checked the order
 * @param kind the code it has, or none
 * @param beside the key by whose login its device fetches the line
 */
record LineOrder(Orders.Checked checked, CodeKind kind, Optional<KeyRecord> beside) {

  private static final Duration A_DAY = Duration.ofDays(1);

  /** Says of each of many orders how its line is fetched. */
  static List<LineOrder> all(List<Orders.Checked> orders, DeviceLines lines, KeyRecords store) {
    Map<String, Integer> lowest = new HashMap<>();
    for (Orders.Checked one : orders) {
      one.device().ifPresent(name -> lowest.merge(name, one.order().line(), Math::min));
    }
    return orders.stream().map(one -> of(one, lowest, lines, store)).toList();
  }

  private static LineOrder of(
      Orders.Checked one, Map<String, Integer> lowest, DeviceLines lines, KeyRecords store) {
    int line = one.order().line();
    Optional<KeyRecord> beside =
        one.device().filter(name -> line > 1).flatMap(name -> lines.beside(store, name, line));
    CodeKind kind = one.order().codeKind();
    boolean among = one.device().filter(name -> line > lowest.getOrDefault(name, line)).isPresent();
    boolean further = among ? kind != CodeKind.INVENTORY : beside.isPresent();
    return new LineOrder(one, further ? CodeKind.LINE : kind, beside);
  }

  /** Whether it gets a code of its own. */
  boolean isCoded() {
    return kind == CodeKind.URL || Codes.isTyped(kind);
  }

  /**
   * The end of its window: a phone fetches by itself when its time comes, and comes again for a
   * line that it could not be given with the others.
   */
  Instant end(Instant now) {
    if (kind != CodeKind.LINE || checked.order().window().isPresent()) {
      return now.plus(checked.window());
    }
    return beside.isPresent() ? KeyDesk.NEVER : now.plus(A_DAY);
  }
}
