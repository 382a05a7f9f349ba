package org.latchkey.key;

import java.time.Duration;
import java.util.Optional;

/**
 * What an administrator asks for when enrolling one phone.
 *
 * @param aor the address of record: an extension alone ("1001") takes the first configured domain
 * @param device the device identifier in any spelling; empty when the code alone shall decide
 * @param line the device's line, 1 to 255
 * @param displayName what people call the line
 * @param approval whether the phone stays in quarantine until approved
 * @param codeKind the kind of code
 * @param window how long it may fetch; empty for the configured default (15 minutes; of kind {@code
 *     INVENTORY} 30 days)
 * @param keepLines whether the device keeps its other lines when its first one is enrolled
 * @param vendor of kind {@code INVENTORY}: the vendor whose factory certificates count for the
 *     device; empty for the vendor whose file it asks for
 */
public record EnrolmentOrder(
    String aor,
    Optional<String> device,
    int line,
    Optional<String> displayName,
    boolean approval,
    Enrolment.CodeKind codeKind,
    Optional<Duration> window,
    boolean keepLines,
    Optional<String> vendor) {

  /** An order that names no vendor. */
  public EnrolmentOrder(
      String aor,
      Optional<String> device,
      int line,
      Optional<String> displayName,
      boolean approval,
      Enrolment.CodeKind codeKind,
      Optional<Duration> window,
      boolean keepLines) {
    this(aor, device, line, displayName, approval, codeKind, window, keepLines, Optional.empty());
  }

  /** An order for a device that has no other lines. */
  public EnrolmentOrder(
      String aor,
      Optional<String> device,
      int line,
      Optional<String> displayName,
      boolean approval,
      Enrolment.CodeKind codeKind,
      Optional<Duration> window) {
    this(aor, device, line, displayName, approval, codeKind, window, false);
  }

  /** An order for {@code aor} with everything else at its default. */
  public static EnrolmentOrder of(String aor) {
    return new EnrolmentOrder(
        aor,
        Optional.empty(),
        1,
        Optional.empty(),
        false,
        Enrolment.CodeKind.URL,
        Optional.empty());
  }

  /** This order with another kind of code. */
  public EnrolmentOrder with(Enrolment.CodeKind kind) {
    return new EnrolmentOrder(
        aor, device, line, displayName, approval, kind, window, keepLines, vendor);
  }

  /** This order, which leaves the device its other lines. */
  public EnrolmentOrder keepingLines() {
    return new EnrolmentOrder(
        aor, device, line, displayName, approval, codeKind, window, true, vendor);
  }

  /** This order, for a phone of a vendor. */
  public EnrolmentOrder ofVendor(Optional<String> name) {
    return new EnrolmentOrder(
        aor, device, line, displayName, approval, codeKind, window, keepLines, name);
  }
}
