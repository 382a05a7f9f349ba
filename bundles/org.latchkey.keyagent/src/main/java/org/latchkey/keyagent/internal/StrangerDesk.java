package org.latchkey.keyagent.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.latchkey.admission.Hold;
import org.latchkey.admission.Quarantine;
import org.latchkey.audit.AuditEntry;
import org.latchkey.key.Aor;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.IssueResult;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.KeyRequest;

/**
 * Lets in anybody's phone while the window for that is open: with an AOR of its own that nobody
 * calls it by, and held until it is approved. Whether the device is in the inventory is not looked
 * at, so that the answer does not tell. A stranger has one line: nobody has named its device.
 */
final class StrangerDesk {

  private final String domain;
  private final Neighbours neighbours;
  private final Evidence evidence;
  private final Windows windows;
  private final CodeDesk codeDesk;
  private final Supplier<String> freshId;
  private final Clock clock;
  private final Stripes devices = new Stripes();

  /**
   * A desk.
   *
   * @param domain of the AORs that it makes
   * @param neighbours of whom quarantine and audit log have to be there
   * @param freshId makes names of enrolments
   */
  StrangerDesk(
      String domain,
      Neighbours neighbours,
      Windows windows,
      CodeDesk codeDesk,
      Supplier<String> freshId,
      Clock clock) {
    this.domain = domain;
    this.neighbours = neighbours;
    this.evidence = new Evidence(neighbours);
    this.windows = windows;
    this.codeDesk = codeDesk;
    this.freshId = freshId;
    this.clock = clock;
  }

  /** Decides on a device. */
  IssueResult decide(KeyRecords store, String device, KeyRequest request) {
    if (!request.takes(1)) {
      return new IssueResult.Denied(DenialReason.NO_CREDENTIAL);
    }
    Optional<DenialReason> refusal = windows.refusalOfStranger(device, request.source());
    return refusal.isPresent()
        ? new IssueResult.Denied(refusal.get())
        : devices.alone(device, () -> letIn(store, device, request));
  }

  private IssueResult letIn(KeyRecords store, String device, KeyRequest request) {
    Quarantine quarantine =
        neighbours
            .quarantine()
            .orElseThrow(() -> new UnavailableException("The quarantine is away"));
    Optional<Enrolment> earlier = earlier(store, quarantine, device);
    Optional<DenialReason> full = windows.takeAsStranger(device, request.source());
    if (full.isPresent()) {
      return new IssueResult.Denied(full.get());
    }
    Enrolment enrolment = earlier.orElseGet(() -> added(store, device, request));
    return codeDesk.served(store, enrolment, Optional.of(device), request, Policy.OPEN_WINDOW);
  }

  /**
   * One that goes on while its key waits for approval: anybody can say the MAC address of a phone
   * that was approved, and one that has registered and was reset has another key.
   */
  private static Optional<Enrolment> earlier(
      KeyRecords store, Quarantine quarantine, String device) {
    return store.enrolmentsOfDevice(device).stream()
        .filter(one -> one.codeKind() == CodeKind.STRANGER)
        .findFirst()
        .filter(
            one ->
                one.keyIdentifier()
                    .flatMap(store::key)
                    .map(key -> isFresh(key) && waits(quarantine, key.keyIdentifier()))
                    .orElse(one.keyIdentifier().isEmpty()));
  }

  private static boolean isFresh(KeyRecord key) {
    return key.registeredAt().isEmpty() && key.revocation().isEmpty();
  }

  private static boolean waits(Quarantine quarantine, String key) {
    return quarantine.holds(key).stream()
        .anyMatch(hold -> hold.kind() == Hold.Kind.AWAITS_APPROVAL);
  }

  /** Its evidence comes first: without, nothing of a stranger is kept. */
  private Enrolment added(KeyRecords store, String device, KeyRequest request) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Enrolment made =
        new Enrolment(
            freshId.get(),
            Aor.unassigned(device, domain),
            Optional.of(device),
            1,
            Optional.empty(),
            true,
            CodeKind.STRANGER,
            "",
            Policy.OPEN_WINDOW.word(),
            now,
            now,
            0,
            Optional.empty());
    evidence.append(
        new AuditEntry(
            now,
            Policy.OPEN_WINDOW.word(),
            "enrolment.created",
            "",
            made.aor().toString(),
            device,
            request.source().getHostAddress(),
            "Enrolment " + made.id()));
    store.addEnrolments(List.of(made));
    return made;
  }
}
