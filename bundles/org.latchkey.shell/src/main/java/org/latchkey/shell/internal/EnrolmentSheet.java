package org.latchkey.shell.internal;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolment.CodeKind;

/** Enrolments, for people and for programs. */
public final class EnrolmentSheet {

  private static final List<String> HEADINGS =
      List.of("Enrolment", "AOR", "Device", "Line", "State", "Until", "By");

  private final Instant now;

  /** A sheet of how they are at a moment. */
  public EnrolmentSheet(Instant now) {
    this.now = now;
  }

  /** Prints them as a table. */
  public void print(List<Enrolment> enrolments, Printout out) {
    if (enrolments.isEmpty()) {
      out.line("No enrolment is open. latchkey:enrol EXTENSION makes one.");
    } else {
      out.table(HEADINGS, enrolments.stream().map(this::row).toList());
    }
  }

  /** Prints them as JSON. */
  public void json(List<Enrolment> enrolments, Printout out) {
    out.json(enrolments.stream().map(this::toMap).toList());
  }

  private String state(Enrolment one) {
    String key = one.keyIdentifier().isPresent() ? "key issued" : "no key yet";
    if (!one.expiresAt().isAfter(now)) {
      return key + ", ended";
    }
    boolean moved = one.codeKind() == CodeKind.PIN && !one.device().equals(user(one));
    boolean digits = one.codeKind() == CodeKind.TYPED || one.codeKind() == CodeKind.PIN;
    boolean tired = digits && !moved && one.triesLeft() == 0;
    return key + (tired ? ", tried too often" : ", open");
  }

  /** What a PIN is for until it was dialled at a device. */
  private static Optional<String> user(Enrolment one) {
    return Optional.of(one.aor().user());
  }

  private List<String> row(Enrolment one) {
    return List.of(
        one.id(),
        one.aor().toString(),
        one.device().orElse(""),
        Integer.toString(one.line()),
        state(one),
        PlainText.of(one.expiresAt()),
        one.createdBy());
  }

  private Map<String, Object> toMap(Enrolment one) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", one.id());
    map.put("aor", one.aor().toString());
    map.put("device", one.device().orElse(""));
    map.put("line", one.line());
    map.put("displayName", one.displayName().orElse(""));
    map.put("approval", one.approval());
    map.put("codeKind", one.codeKind().name());
    map.put("state", state(one));
    map.put("triesLeft", one.triesLeft());
    map.put("createdBy", one.createdBy());
    map.put("createdAt", one.createdAt().toString());
    map.put("expiresAt", one.expiresAt().toString());
    map.put("keyIdentifier", one.keyIdentifier().orElse(""));
    return map;
  }
}
