package org.latchkey.keyagent.internal;

import java.time.Clock;
import java.util.Optional;
import org.latchkey.key.Aor;
import org.latchkey.key.DenialReason;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.Enrolment;
import org.latchkey.key.IdentifierForm;
import org.latchkey.key.IssueResult;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyPurpose;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.KeyRequest;
import org.latchkey.key.Secret;
import org.latchkey.keyscheme.KeyIdentifier;
import org.latchkey.keyscheme.Prf;

/**
 * Gives a key to whoever has its provisioning login; the successor's key to whoever has the login
 * of a key that was reassigned; and a key of the generation that issues to whoever has the login of
 * an earlier one.
 */
final class LoginDesk {

  private static final int MOST_SUCCESSORS = 1_000;

  private final AgentSettings settings;
  private final Custody custody;
  private final KeyMaker maker;
  private final Revocations revocations;
  private final Stripes enrolments;
  private final Succession succession;
  private final Clock clock;

  LoginDesk(
      AgentSettings settings,
      Custody custody,
      KeyMaker maker,
      Revocations revocations,
      Stripes enrolments,
      Succession succession,
      Clock clock) {
    this.succession = succession;
    this.settings = settings;
    this.custody = custody;
    this.maker = maker;
    this.revocations = revocations;
    this.enrolments = enrolments;
    this.clock = clock;
  }

  /**
   * Decides on a login.
   *
   * @param device the canonical device identifier, if one was given
   */
  IssueResult byLogin(
      KeyRecords store, KeyRequest.Login login, Optional<String> device, KeyRequest request) {
    Optional<KeyIdentifier> named = KeyIdentifier.parse(login.keyIdentifier());
    Optional<KeyRecord> record =
        named.flatMap(identifier -> store.key(identifier.text())).filter(this::isKnown);
    if (!proved(named, record, login.password())) {
      return denied(DenialReason.BAD_LOGIN);
    }
    return follow(store, record.orElseThrow(), device, request, Policy.LOGIN);
  }

  /**
   * The key that an enrolment leads to, for whoever has proved by another line to be its device.
   *
   * @throws UnavailableException also when its realm or domain is not served any more
   */
  IssueResult led(KeyRecords store, Enrolment enrolment, KeyRequest request) {
    boolean served =
        enrolment
            .keyIdentifier()
            .flatMap(store::key)
            .map(this::isServed)
            .orElseGet(() -> settings.serves(settings.realm(), enrolment.aor().domain()));
    if (!served) {
      throw new UnavailableException("Its realm or domain is not served any more");
    }
    Optional<String> id = Optional.of(enrolment.id());
    Policy policy = Policy.DEVICE_LINE;
    Step step = enrolments.alone(enrolment.id(), () -> step(store, id, request, policy));
    return step.result()
        .orElseGet(
            () -> follow(store, step.next().orElseThrow(), enrolment.device(), request, policy));
  }

  /** Derives and compares for a name that was never issued too, so that both take as long. */
  private boolean proved(
      Optional<KeyIdentifier> named, Optional<KeyRecord> record, Secret password) {
    KeyIdentifier identifier = record.isPresent() && named.isPresent() ? named.get() : nobody();
    String realm = record.map(KeyRecord::realm).orElse(settings.realm());
    Aor aor = record.map(KeyRecord::aor).orElseGet(() -> new Aor("nobody", settings.domain()));
    try (Secret right = maker.provisioningPassword(identifier, realm, aor)) {
      return right.matches(password) && record.isPresent();
    }
  }

  private KeyIdentifier nobody() {
    int generation = custody.issuingGeneration();
    try (Prf tagKey =
        custody.subkey(generation, KeyPurpose.TAG, settings.realm(), settings.domain())) {
      return KeyIdentifier.of(
          IdentifierForm.LONG, generation, DigestAlgorithm.MD5, new byte[10], tagKey);
    }
  }

  /**
   * The key that the phone of a key has now.
   *
   * @param proved the key whose phone it is, as was proved
   * @param policy what proved it
   */
  IssueResult follow(
      KeyRecords store,
      KeyRecord proved,
      Optional<String> device,
      KeyRequest request,
      Policy policy) {
    KeyRecord record = proved;
    for (int i = 0; i < MOST_SUCCESSORS; i++) {
      boolean other =
          device.isPresent() && record.device().isPresent() && !record.device().equals(device);
      if (other || !request.takes(record.line())) {
        return denied(DenialReason.OTHER_DEVICE);
      }
      KeyRecord now = record;
      Optional<String> successor = successor(store, now);
      if (isRevoked(now) && successor.isEmpty()) {
        return denied(DenialReason.REVOKED);
      }
      Optional<DenialReason> refusal =
          successor.flatMap(id -> succession.refusal(store, now, id, request.source()));
      if (refusal.isPresent()) {
        return denied(refusal.get());
      }
      Step step =
          successor.isPresent()
              ? enrolments.alone(
                  successor.orElseThrow(), () -> step(store, successor, request, policy))
              : enrolments.alone(now.enrolment(), () -> moved(store, now, request, policy));
      if (step.result().isPresent()) {
        return step.result().get();
      }
      record = step.next().orElseThrow();
    }
    return denied(DenialReason.REVOKED);
  }

  /** Either the end of the way, or the successor's key to go on with. */
  private record Step(Optional<IssueResult> result, Optional<KeyRecord> next) {}

  /** The enrolment whose key follows: of a key that was reassigned, or of a stranger's. */
  private Optional<String> successor(KeyRecords store, KeyRecord record) {
    return isRevoked(record)
        ? record.revocation().flatMap(KeyRecord.Revocation::successor)
        : succession.of(store, record);
  }

  private boolean isRevoked(KeyRecord record) {
    return record.revocation().isPresent() || revocations.contains(record.keyIdentifier());
  }

  /** The key again, or the one of the generation that issues, or the way to either. */
  private Step moved(KeyRecords store, KeyRecord found, KeyRequest request, Policy policy) {
    KeyRecord record = store.key(found.keyIdentifier()).orElseThrow();
    if (isRevoked(record)) {
      return new Step(Optional.empty(), Optional.of(record));
    }
    if (!isServed(record)) {
      return new Step(Optional.of(denied(DenialReason.NOT_SERVED)), Optional.empty());
    }
    if (record.replacedBy().isPresent()) {
      return new Step(Optional.empty(), store.key(record.replacedBy().get()));
    }
    Optional<IssuedKey> key =
        maker.issues(record.generation())
            ? Optional.of(maker.again(record, request, policy))
            : maker.replace(store, record, request, policy);
    return key.map(
            issued -> new Step(Optional.of(new IssueResult.Issued(issued)), Optional.empty()))
        .orElseGet(() -> new Step(Optional.empty(), Optional.of(record)));
  }

  private Step step(
      KeyRecords store, Optional<String> successor, KeyRequest request, Policy policy) {
    String id = successor.orElseThrow();
    Optional<Enrolment> found = store.enrolment(id);
    if (found.isEmpty()) {
      return new Step(Optional.of(denied(DenialReason.REVOKED)), Optional.empty());
    }
    Enrolment enrolment = found.get();
    if (enrolment.keyIdentifier().isEmpty()) {
      if (!clock.instant().isBefore(enrolment.expiresAt())) {
        return new Step(Optional.of(denied(DenialReason.WINDOW_OVER)), Optional.empty());
      }
      if (!settings.serves(settings.realm(), enrolment.aor().domain())) {
        return new Step(Optional.of(denied(DenialReason.NOT_SERVED)), Optional.empty());
      }
      Optional<IssuedKey> made =
          maker.create(store, enrolment, enrolment.device(), request, policy);
      if (made.isPresent()) {
        return new Step(Optional.of(new IssueResult.Issued(made.get())), Optional.empty());
      }
    }
    Optional<KeyRecord> next =
        store.enrolment(id).flatMap(Enrolment::keyIdentifier).flatMap(store::key);
    if (next.isEmpty()) {
      throw new UnavailableException("The key of an enrolment is not in the store");
    }
    return new Step(Optional.empty(), next);
  }

  private boolean isKnown(KeyRecord record) {
    return custody.generations().contains(record.generation());
  }

  private boolean isServed(KeyRecord record) {
    return settings.serves(record.realm(), record.aor().domain()) && isKnown(record);
  }

  private static IssueResult denied(DenialReason reason) {
    return new IssueResult.Denied(reason);
  }
}
