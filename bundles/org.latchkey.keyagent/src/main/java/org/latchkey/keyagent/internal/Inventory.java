package org.latchkey.keyagent.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;

/**
 * The devices that are in the inventory already, at one moment. A list that is imported again must
 * not let in anew who was revoked, nor give away who lives: that takes a person who looks at the
 * one phone.
 */
final class Inventory {

  /** Entries, what follows them, and lines that were entered when their device had a key. */
  private static final Set<CodeKind> KINDS =
      EnumSet.of(CodeKind.INVENTORY, CodeKind.LOGIN, CodeKind.LINE);

  private final KeyRecords store;
  private final Map<String, List<Enrolment>> entries = new HashMap<>();

  Inventory(KeyRecords store, Instant now) {
    this.store = store;
    for (Enrolment one : store.enrolments()) {
      boolean counts = one.keyIdentifier().isPresent() || now.isBefore(one.expiresAt());
      if (counts && KINDS.contains(one.codeKind())) {
        String place = place(one.device().orElse(""), one.line());
        entries.computeIfAbsent(place, none -> new ArrayList<>()).add(one);
      }
    }
  }

  /**
   * An entry that an order would repeat.
   *
   * @param sentence what became of it, and how to go on all the same
   * @param alike whether the order asks for nothing else
   */
  record Earlier(String sentence, boolean alike) {}

  /** The entry of an order's device and line, if it is for the inventory and there is one. */
  Optional<Earlier> earlier(Orders.Checked wanted) {
    if (wanted.order().codeKind() != CodeKind.INVENTORY) {
      return Optional.empty();
    }
    String device = wanted.device().orElse("");
    List<Enrolment> known = entries.getOrDefault(place(device, wanted.order().line()), List.of());
    if (known.stream().allMatch(one -> one.codeKind() == CodeKind.LOGIN)) {
      return Optional.empty();
    }
    String there =
        "Device %s line %d is in the inventory already: %s, %s."
            .formatted(device, wanted.order().line(), known.get(0).aor(), state(known.get(0)));
    return Optional.of(
        known.stream().anyMatch(one -> isAlike(one, wanted))
            ? new Earlier(there, true)
            : new Earlier(there + anew(wanted, device), false));
  }

  private static String anew(Orders.Checked wanted, String device) {
    int line = wanted.order().line();
    return " To give this one phone another key, say latchkey:window --device %s --enrol %s%s."
        .formatted(device, wanted.aor(), line == 1 ? "" : " --line " + line);
  }

  private String state(Enrolment entry) {
    if (entry.keyIdentifier().isEmpty()) {
      return "no key yet, open until " + entry.expiresAt();
    }
    String key = entry.keyIdentifier().get();
    Optional<KeyRecord> record = store.key(key);
    if (record.flatMap(KeyRecord::revocation).isPresent()) {
      return "key " + key + ", which was revoked";
    }
    boolean registered = record.flatMap(KeyRecord::registeredAt).isPresent();
    return "key " + key + (registered ? "" : ", not registered yet");
  }

  private static boolean isAlike(Enrolment entry, Orders.Checked wanted) {
    return (wanted.order().vendor().isEmpty()
            || entry.keyIdentifier().isPresent()
            || wanted.order().vendor().equals(ListedVendor.of(entry)))
        && entry.aor().equals(wanted.aor())
        && entry.approval() == wanted.order().approval()
        && entry.displayName().equals(wanted.order().displayName().map(String::strip));
  }

  private static String place(String device, int line) {
    return device + ' ' + line;
  }
}
