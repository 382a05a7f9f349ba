package org.latchkey.keyagent.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.latchkey.key.Aor;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.IssueResult;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.KeyRequest;

/**
 * Lets in anybody's phone while the window for that is open: with an AOR of its own that nobody
 * calls it by, and held until it is approved. Whether the device is in the inventory is not looked
 * at, so that the answer does not tell.
 */
final class StrangerDesk {

  private static final String UNASSIGNED = "unassigned-";

  private final String domain;
  private final Windows windows;
  private final CodeDesk codeDesk;
  private final Supplier<String> freshId;
  private final Clock clock;
  private final Stripes devices = new Stripes();

  /**
   * A desk.
   *
   * @param domain of the AORs that it makes
   * @param freshId makes names of enrolments
   */
  StrangerDesk(
      String domain, Windows windows, CodeDesk codeDesk, Supplier<String> freshId, Clock clock) {
    this.domain = domain;
    this.windows = windows;
    this.codeDesk = codeDesk;
    this.freshId = freshId;
    this.clock = clock;
  }

  /** Decides on a device. */
  IssueResult decide(KeyRecords store, String device, KeyRequest request) {
    if (request.line() != 1) {
      return new IssueResult.Denied(DenialReason.NO_CREDENTIAL);
    }
    Optional<DenialReason> refusal = windows.refusalOfStranger(device, request.source());
    return refusal.isPresent()
        ? new IssueResult.Denied(refusal.get())
        : devices.alone(device, () -> letIn(store, device, request));
  }

  private IssueResult letIn(KeyRecords store, String device, KeyRequest request) {
    Optional<DenialReason> refusal = windows.refusalOfStranger(device, request.source());
    if (refusal.isPresent()) {
      return new IssueResult.Denied(refusal.get());
    }
    Enrolment enrolment = earlier(store, device).orElseGet(() -> added(store, device));
    IssueResult result =
        codeDesk.served(store, enrolment, Optional.of(device), request, Policy.OPEN_WINDOW);
    if (result instanceof IssueResult.Issued) {
      windows.servedStranger(device, request.source());
    }
    return result;
  }

  /** One that goes on: a phone that has registered since and was reset has another key. */
  private static Optional<Enrolment> earlier(KeyRecords store, String device) {
    return store.enrolmentsFor(device, 1).stream()
        .filter(one -> one.codeKind() == CodeKind.STRANGER)
        .findFirst()
        .filter(
            one ->
                one.keyIdentifier()
                    .flatMap(store::key)
                    .map(key -> key.registeredAt().isEmpty() && key.revocation().isEmpty())
                    .orElse(true));
  }

  private Enrolment added(KeyRecords store, String device) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Enrolment made =
        new Enrolment(
            freshId.get(),
            new Aor(UNASSIGNED + device, domain),
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
    store.addEnrolments(List.of(made));
    return made;
  }
}
