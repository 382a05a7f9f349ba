package org.latchkey.keyagent.internal;

import java.util.List;
import java.util.Optional;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.EnrolmentOrder;
import org.latchkey.key.KeyRecords;

/**
 * The vendor of a device, as the inventory names it: only its factory certificates count. It stands
 * in the place of the hash of a code, which such an entry has not.
 */
final class ListedVendor {

  private static final String VENDOR = "vendor:";

  private ListedVendor() {}

  /** The vendor that an entry names. */
  static Optional<String> of(Enrolment entry) {
    return Optional.of(entry)
        .filter(one -> one.codeKind() == CodeKind.INVENTORY)
        .map(Enrolment::codeHash)
        .filter(hash -> hash.startsWith(VENDOR))
        .map(hash -> hash.substring(VENDOR.length()));
  }

  /** What is kept of an order that has no code. */
  static String kept(CodeKind kind, EnrolmentOrder order) {
    return kind == CodeKind.INVENTORY ? order.vendor().map(VENDOR::concat).orElse("") : "";
  }

  /** Orders by which devices are entered anew: what is not said of their vendor stays. */
  static List<EnrolmentOrder> staying(KeyRecords store, List<EnrolmentOrder> orders) {
    return orders.stream()
        .map(order -> order.vendor().isPresent() ? order : order.ofVendor(before(store, order)))
        .toList();
  }

  private static Optional<String> before(KeyRecords store, EnrolmentOrder order) {
    return order.device().flatMap(DeviceIdentifier::mac).stream()
        .flatMap(device -> store.enrolmentsOfDevice(device).stream())
        .flatMap(entry -> of(entry).stream())
        .findFirst();
  }
}
