package org.latchkey.keyagent.internal;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.IssueResult;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.KeyRequest;
import org.latchkey.key.Secret;

/** Gives a key to whoever has the one-time code of an open enrolment. */
final class CodeDesk {

  /** How many codes whose time is over are still told from wrong ones, for who asks why. */
  private static final int MOST_CLOSED = 5;

  private final AgentSettings settings;
  private final Codes codes;
  private final KeyMaker maker;
  private final Revocations revocations;
  private final FirstRegistrations registrations;
  private final Stripes enrolments;
  private final Clock clock;

  CodeDesk(
      AgentSettings settings,
      Codes codes,
      KeyMaker maker,
      Revocations revocations,
      FirstRegistrations registrations,
      Stripes enrolments,
      Clock clock) {
    this.settings = settings;
    this.codes = codes;
    this.maker = maker;
    this.revocations = revocations;
    this.registrations = registrations;
    this.enrolments = enrolments;
    this.clock = clock;
  }

  /**
   * Decides on a code.
   *
   * @param normal the code in its normal form
   * @param device the canonical device identifier, if one was given
   */
  IssueResult byCode(KeyRecords store, Secret normal, Optional<String> device, KeyRequest request) {
    Optional<CodeKind> kind = Codes.kind(normal);
    if (kind.isEmpty()) {
      return denied(DenialReason.UNKNOWN_CODE);
    }
    return kind.get() == CodeKind.URL
        ? byUrlCode(store, normal, device, request)
        : byTypedCode(store, normal, device, request);
  }

  private IssueResult byUrlCode(
      KeyRecords store, Secret normal, Optional<String> device, KeyRequest request) {
    for (String hash : codes.urlHashes(normal)) {
      Optional<Enrolment> found = store.enrolmentByCodeHash(hash);
      if (found.isPresent()) {
        return alone(store, found.get(), device, request);
      }
    }
    return denied(DenialReason.UNKNOWN_CODE);
  }

  /** A wrong one costs each open enrolment of the device and its lines a try. */
  private IssueResult byTypedCode(
      KeyRecords store, Secret normal, Optional<String> device, KeyRequest request) {
    List<Enrolment> all =
        device.map(store::enrolmentsOfDevice).orElse(List.of()).stream()
            .filter(one -> one.codeKind() == CodeKind.TYPED && request.takes(one.line()))
            .toList();
    List<Enrolment> open = all.stream().filter(this::isOpen).toList();
    List<Enrolment> bound =
        Stream.concat(open.stream(), all.stream().filter(one -> !isOpen(one)).limit(MOST_CLOSED))
            .toList();
    Optional<Enrolment> right =
        bound.stream().filter(enrolment -> codes.fits(enrolment, normal)).findFirst();
    if (right.isPresent()) {
      return alone(store, right.get(), device, request);
    }
    if (!open.isEmpty() && open.stream().allMatch(enrolment -> enrolment.triesLeft() < 1)) {
      return denied(DenialReason.TOO_MANY_TRIES);
    }
    open.forEach(enrolment -> enrolments.alone(enrolment.id(), () -> tried(store, enrolment)));
    return denied(DenialReason.UNKNOWN_CODE);
  }

  private static Optional<Enrolment> tried(KeyRecords store, Enrolment before) {
    Optional<Enrolment> now = store.enrolment(before.id());
    now.map(Enrolment::tried).ifPresent(store::updateEnrolment);
    return now;
  }

  private IssueResult alone(
      KeyRecords store, Enrolment found, Optional<String> device, KeyRequest request) {
    return enrolments.alone(
        found.id(),
        () ->
            store
                .enrolment(found.id())
                .map(enrolment -> decided(store, enrolment, device, request))
                .orElseGet(() -> denied(DenialReason.UNKNOWN_CODE)));
  }

  private IssueResult decided(
      KeyRecords store, Enrolment enrolment, Optional<String> device, KeyRequest request) {
    if (enrolment.codeKind() == CodeKind.TYPED && enrolment.triesLeft() < 1) {
      return denied(DenialReason.TOO_MANY_TRIES);
    }
    if (!isOpen(enrolment)) {
      return denied(DenialReason.WINDOW_OVER);
    }
    boolean other = enrolment.device().isPresent() && !enrolment.device().equals(device);
    if (other || !request.takes(enrolment.line()) || takesAName(store, enrolment, device)) {
      return denied(DenialReason.OTHER_DEVICE);
    }
    return served(store, enrolment, device, request, Policy.ofCode(enrolment.codeKind()));
  }

  /**
   * The key of an enrolment whose right to it was proved, while nobody else does anything for the
   * enrolment: a new one, or the same until it has registered.
   *
   * @param policy what proved it
   */
  IssueResult served(
      KeyRecords store,
      Enrolment enrolment,
      Optional<String> device,
      KeyRequest request,
      Policy policy) {
    if (enrolment.keyIdentifier().isEmpty()) {
      if (!settings.serves(settings.realm(), enrolment.aor().domain())) {
        return denied(DenialReason.NOT_SERVED);
      }
      Optional<IssuedKey> made = maker.create(store, enrolment, device, request, policy);
      if (made.isPresent()) {
        return new IssueResult.Issued(made.get());
      }
    }
    return store
        .enrolment(enrolment.id())
        .flatMap(Enrolment::keyIdentifier)
        .flatMap(store::key)
        .map(record -> again(store, record, device, request, policy))
        .orElseThrow(() -> new UnavailableException("The key of an enrolment is not in the store"));
  }

  /** Whether a phone calls itself by an extension that is somebody else's. */
  private static boolean takesAName(
      KeyRecords store, Enrolment enrolment, Optional<String> device) {
    return enrolment.device().isEmpty()
        && device
            .filter(name -> !name.equals(enrolment.aor().user()))
            .filter(name -> !store.keysOfUser(name).isEmpty())
            .isPresent();
  }

  private IssueResult again(
      KeyRecords store,
      KeyRecord record,
      Optional<String> device,
      KeyRequest request,
      Policy policy) {
    if (!record.device().equals(device)) {
      return denied(DenialReason.OTHER_DEVICE);
    }
    if (record.revocation().isPresent() || revocations.contains(record.keyIdentifier())) {
      return denied(DenialReason.REVOKED);
    }
    if (registrations.hasRegistered(record)) {
      return denied(DenialReason.ALREADY_REGISTERED);
    }
    if (!settings.serves(record.realm(), record.aor().domain())) {
      return denied(DenialReason.NOT_SERVED);
    }
    if (maker.issues(record.generation())) {
      return new IssueResult.Issued(maker.again(record, request, policy));
    }
    return new IssueResult.Issued(
        maker
            .replace(store, record, request, policy)
            .orElseThrow(() -> new UnavailableException("The key was replaced meanwhile")));
  }

  private boolean isOpen(Enrolment enrolment) {
    return clock.instant().isBefore(enrolment.expiresAt());
  }

  private static IssueResult denied(DenialReason reason) {
    return new IssueResult.Denied(reason);
  }
}
