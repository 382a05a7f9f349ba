package org.latchkey.keyagent.internal;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.latchkey.admission.Hold;
import org.latchkey.admission.Quarantine;
import org.latchkey.audit.AuditEntry;
import org.latchkey.key.Aor;
import org.latchkey.key.Enrolment;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyPurpose;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.KeyRequest;
import org.latchkey.key.Secret;
import org.latchkey.keyscheme.KeyIdentifier;
import org.latchkey.keyscheme.KeyScheme;
import org.latchkey.keyscheme.Prf;

/**
 * Makes keys and hands them out. A key identifier is never issued twice, and its audit entry and
 * record are on disk before the key leaves.
 */
final class KeyMaker {

  private static final int MOST_COUNTERS = 1_000;
  private static final int UNIQUE_BYTES = 10;

  /** What an issued key consists of, in its order. */
  private static final List<KeyPurpose> HANDED_OUT =
      List.of(KeyPurpose.REGISTRATION, KeyPurpose.PROVISIONING, KeyPurpose.MAINTENANCE);

  /**
   * How often one key can be fetched at once, and in each minute afterwards: phones that boot in a
   * loop are served, and nobody fills the disk with evidence of it.
   */
  static final int FETCHES_AT_ONCE = 2_000;

  static final int FETCHES_PER_MINUTE = 10;

  private final AgentSettings settings;
  private final Custody custody;
  private final DerivedSecrets secrets;
  private final Revocations revocations;
  private final Neighbours neighbours;
  private final Evidence evidence;
  private final Clock clock;
  private final SecureRandom random;
  private final Buckets fetches;

  KeyMaker(
      AgentSettings settings,
      Custody custody,
      Revocations revocations,
      Neighbours neighbours,
      Clock clock,
      SecureRandom random,
      LongSupplier nanoTime) {
    this.settings = settings;
    this.custody = custody;
    this.secrets = new DerivedSecrets(custody);
    this.revocations = revocations;
    this.neighbours = neighbours;
    this.evidence = new Evidence(neighbours);
    this.clock = clock;
    this.random = random;
    this.fetches = new Buckets(FETCHES_AT_ONCE, FETCHES_PER_MINUTE, nanoTime);
  }

  /**
   * Makes a new key for an enrolment.
   *
   * @param device the canonical device identifier; empty for a random key identifier
   * @return empty when the enrolment has led to a key meanwhile
   */
  Optional<IssuedKey> create(
      KeyRecords store,
      Enrolment enrolment,
      Optional<String> device,
      KeyRequest request,
      Policy policy) {
    return custody.making(() -> created(store, enrolment, device, request, policy));
  }

  private Optional<IssuedKey> created(
      KeyRecords store,
      Enrolment enrolment,
      Optional<String> device,
      KeyRequest request,
      Policy policy) {
    int counter = device.map(name -> keysBefore(store, enrolment, name)).orElse(0);
    for (int attempt = 0; attempt < MOST_COUNTERS; attempt++) {
      KeyRecord record = candidate(Wanted.by(enrolment, device), request, counter + attempt);
      String identifier = record.keyIdentifier();
      if (revocations.contains(identifier) || store.key(identifier).isPresent()) {
        continue;
      }
      audit("key.issued", record, request, policy);
      if (enrolment.approval()) {
        awaitApproval(identifier);
      }
      Successor.predecessor(enrolment)
          .flatMap(store::enrolment)
          .flatMap(Enrolment::keyIdentifier)
          .ifPresent(before -> stayHeld(before, identifier));
      if (store.issue(record, enrolment.issued(identifier))) {
        return Optional.of(handOut(record));
      }
      if (store.enrolment(enrolment.id()).flatMap(Enrolment::keyIdentifier).isPresent()) {
        return Optional.empty();
      }
    }
    throw new UnavailableException("No free key identifier was found for " + enrolment.aor());
  }

  /** What a new key is to be, but for what the request says. */
  private record Wanted(
      String enrolment, Aor aor, Optional<String> device, int line, Optional<String> displayName) {
    static Wanted by(Enrolment enrolment, Optional<String> device) {
      return new Wanted(
          enrolment.id(), enrolment.aor(), device, enrolment.line(), enrolment.displayName());
    }

    static Wanted after(KeyRecord before) {
      return new Wanted(
          before.enrolment(), before.aor(), before.device(), before.line(), before.displayName());
    }
  }

  /**
   * Makes a key of the issuing generation for the phone of an earlier key, held as that one is.
   *
   * @return empty when that phone has got another key meanwhile
   */
  Optional<IssuedKey> replace(
      KeyRecords store, KeyRecord before, KeyRequest request, Policy policy) {
    return custody.making(() -> replaced(store, before, request, policy));
  }

  private Optional<IssuedKey> replaced(
      KeyRecords store, KeyRecord before, KeyRequest request, Policy policy) {
    for (int attempt = 0; attempt < MOST_COUNTERS; attempt++) {
      KeyRecord record = candidate(Wanted.after(before), request, before.issueCounter() + attempt);
      String identifier = record.keyIdentifier();
      if (revocations.contains(identifier) || store.key(identifier).isPresent()) {
        continue;
      }
      audit("key.replaced", record, request, policy);
      holdLike(before, identifier);
      if (store.replace(record, before.keyIdentifier())) {
        return Optional.of(handOut(record));
      }
      if (store.key(before.keyIdentifier()).flatMap(KeyRecord::replacedBy).isPresent()) {
        return Optional.empty();
      }
    }
    throw new UnavailableException("No free key identifier was found for " + before.aor());
  }

  /** A phone gets out of an administrator's hold as little as out of its wait for approval. */
  private void holdLike(KeyRecord before, String identifier) {
    Quarantine quarantine = quarantine("whether this phone is held is not known");
    stayHeld(before.keyIdentifier(), identifier);
    for (Hold hold : quarantine.holds(before.keyIdentifier())) {
      if (hold.kind() == Hold.Kind.AWAITS_APPROVAL) {
        quarantine.awaitApproval(identifier, hold.by());
      }
    }
  }

  private void stayHeld(String before, String identifier) {
    Quarantine quarantine = quarantine("whether this phone is held is not known");
    for (Hold hold : quarantine.holds(before)) {
      if (hold.kind() == Hold.Kind.HELD) {
        quarantine.hold(identifier, hold.reason(), hold.by());
      }
    }
  }

  /** Whether new keys are made with a generation. */
  boolean issues(int generation) {
    return custody.issuingGeneration() == generation;
  }

  /**
   * Hands out again a key that exists.
   *
   * @throws UnavailableException when that was done too often
   */
  IssuedKey again(KeyRecord record, KeyRequest request, Policy policy) {
    if (fetches.empty(record.keyIdentifier())) {
      throw new UnavailableException(
          record.keyIdentifier() + " is fetched over and over again: see what its phone does");
    }
    fetches.take(record.keyIdentifier());
    audit("key.fetched", record, request, policy);
    return handOut(record);
  }

  /** The password of a key's provisioning login, for the caller to close. */
  Secret provisioningPassword(KeyIdentifier identifier, String realm, Aor aor) {
    return secrets.of(KeyPurpose.PROVISIONING, identifier, realm, aor);
  }

  private IssuedKey handOut(KeyRecord record) {
    KeyIdentifier identifier = KeyIdentifier.parse(record.keyIdentifier()).orElseThrow();
    List<Secret> made = new ArrayList<>();
    try {
      for (KeyPurpose purpose : HANDED_OUT) {
        made.add(secrets.of(purpose, identifier, record.realm(), record.aor()));
      }
      return new IssuedKey(record, made.get(0), made.get(1), made.get(2), settings.registrar());
    } catch (RuntimeException e) {
      made.forEach(Secret::close);
      throw e;
    }
  }

  private KeyRecord candidate(Wanted wanted, KeyRequest request, int counter) {
    int generation = custody.issuingGeneration();
    String realm = settings.realm();
    Aor aor = wanted.aor();
    byte[] unique =
        wanted
            .device()
            .map(name -> derived(generation, realm, aor, name, wanted.line(), counter))
            .orElseGet(this::randomUnique);
    try (Prf tagKey = custody.subkey(generation, KeyPurpose.TAG, realm, aor.domain())) {
      KeyIdentifier identifier =
          KeyIdentifier.of(request.form(), generation, request.algorithm(), unique, tagKey);
      return new KeyRecord(
          identifier.text(),
          generation,
          aor,
          realm,
          wanted.device(),
          wanted.line(),
          request.algorithm(),
          request.profile(),
          wanted.displayName(),
          wanted.enrolment(),
          wanted.device().isPresent() ? counter : 0,
          Instant.now(clock).truncatedTo(ChronoUnit.MICROS),
          Optional.empty(),
          Optional.empty());
    }
  }

  private byte[] derived(
      int generation, String realm, Aor aor, String device, int line, int counter) {
    try (Prf subkey = custody.subkey(generation, KeyPurpose.IDENTIFIER, realm, aor.domain())) {
      return KeyScheme.derivedUnique(subkey, device, aor, line, counter);
    }
  }

  private byte[] randomUnique() {
    byte[] unique = new byte[UNIQUE_BYTES];
    random.nextBytes(unique);
    return unique;
  }

  private static int keysBefore(KeyRecords store, Enrolment enrolment, String device) {
    return store.keysOfDevice(device).stream()
        .filter(key -> key.line() == enrolment.line() && key.aor().equals(enrolment.aor()))
        .mapToInt(key -> key.issueCounter() + 1)
        .max()
        .orElse(0);
  }

  private void awaitApproval(String identifier) {
    quarantine("this phone waits for approval").awaitApproval(identifier, "enrolment");
  }

  private Quarantine quarantine(String why) {
    return neighbours
        .quarantine()
        .orElseThrow(() -> new UnavailableException("The quarantine is away, and " + why));
  }

  private void audit(String action, KeyRecord record, KeyRequest request, Policy policy) {
    evidence.append(
        new AuditEntry(
            Instant.now(clock),
            "phone",
            action,
            record.keyIdentifier(),
            record.aor().toString(),
            record.device().orElse(""),
            request.source().getHostAddress(),
            "Profile %s, enrolment %s, by %s"
                .formatted(request.profile(), record.enrolment(), policy.word())));
  }
}
