package org.latchkey.keyagent.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.latchkey.admission.Quarantine;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.key.Enrolment;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecord.Revocation;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.StoreUnavailableException;
import org.latchkey.pbx.PbxControl;
import org.latchkey.pbx.Registration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out administrators' changes in the one order there is: evidence, store, memory and
 * snapshot, PBXs.
 */
final class Changes {

  private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

  private final Custody custody;
  private final Revocations revocations;
  private final Neighbours neighbours;
  private final Evidence evidence;
  private final FetchAgain fetchAgain;
  private final Clock clock;

  Changes(Custody custody, Revocations revocations, Neighbours neighbours, Clock clock) {
    this.custody = custody;
    this.revocations = revocations;
    this.neighbours = neighbours;
    this.evidence = new Evidence(neighbours);
    this.fetchAgain = new FetchAgain(neighbours);
    this.clock = clock;
  }

  /** Now, as the store keeps it. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * The store.
   *
   * @throws StoreUnavailableException when it is away
   */
  KeyRecords store() {
    return neighbours
        .store()
        .orElseThrow(
            () ->
                new StoreUnavailableException(
                    "The store is away; latchkey:status says why",
                    new IllegalStateException("no such service")));
  }

  /**
   * Writes evidence of a change that follows.
   *
   * @throws RequestRefusedException when it can't be written: the change must not happen
   */
  void evidence(List<AuditEntry> entries) {
    refusing(
        () -> {
          evidence.appendAll(entries);
          return entries;
        });
  }

  /**
   * Writes evidence of a change that concerns no phone.
   *
   * @throws RequestRefusedException as above
   */
  void evidence(String actor, String action, String detail) {
    evidence(List.of(new AuditEntry(now(), actor, action, "", "", "", "", detail)));
  }

  /**
   * Looks at keystore and store.
   *
   * @param nothing what is not done otherwise, as the beginning of a sentence
   * @throws RequestRefusedException when the agent is not well
   */
  void requireWell(String nothing) {
    custody.look();
    custody
        .standing()
        .issuing()
        .ifPresent(
            fault -> {
              throw new RequestRefusedException(
                  "%s: %s. Look at latchkey:status.".formatted(nothing, fault));
            });
  }

  /**
   * The quarantine.
   *
   * @throws RequestRefusedException when it is away
   */
  Quarantine quarantine() {
    return neighbours
        .quarantine()
        .orElseThrow(
            () ->
                new RequestRefusedException(
                    "Nothing was changed: the quarantine is away, and phones that are left have to"
                        + " be held. Try again when latchkey:status shows it."));
  }

  /** An entry about an enrolment. */
  AuditEntry entry(String actor, String action, Enrolment enrolment, String detail) {
    return new AuditEntry(
        now(),
        actor,
        action,
        enrolment.keyIdentifier().orElse(""),
        enrolment.aor().toString(),
        enrolment.device().orElse(""),
        "",
        detail);
  }

  /** An entry about a key. */
  AuditEntry entry(String actor, String action, KeyRecord key, String detail) {
    return new AuditEntry(
        now(),
        actor,
        action,
        key.keyIdentifier(),
        key.aor().toString(),
        key.device().orElse(""),
        "",
        detail);
  }

  /**
   * Whether the phone of a key is in quarantine.
   *
   * @throws RequestRefusedException when nobody knows at present
   */
  boolean isHeld(String keyIdentifier) {
    return neighbours
        .quarantine()
        .map(quarantine -> !quarantine.holds(keyIdentifier).isEmpty())
        .orElseThrow(
            () ->
                new RequestRefusedException(
                    "The quarantine is away, so whether this phone is held is not known; try again"
                        + " when latchkey:status shows it."));
  }

  /**
   * The keys that a phone has from several generations: all of them open the same door. Oldest
   * first: when memory and snapshot follow one by one and that is cut off, the newest still stands
   * for the rest.
   */
  List<KeyRecord> ofSamePhone(KeyRecord key) {
    List<KeyRecord> keys =
        new ArrayList<>(
            store().keysOf(key.aor()).stream()
                .filter(one -> one.enrolment().equals(key.enrolment()))
                .toList());
    Collections.reverse(keys);
    return keys;
  }

  /**
   * Revokes keys of one phone, everywhere: all of them, or none. Memory knows of all before a PBX
   * is told of one, and a phone that is to fetch another key is told while it is registered.
   *
   * @param entries the evidence, written first
   */
  void revoke(
      List<KeyRecord> keys,
      Revocation end,
      Optional<Enrolment> successor,
      List<AuditEntry> entries) {
    KeyRecords store = store();
    refusing(custody::keys);
    evidence(entries);
    List<String> identifiers = keys.stream().map(KeyRecord::keyIdentifier).toList();
    store.revoke(identifiers, end, successor);
    remember(identifiers);
    if (successor.isPresent()) {
      keys.forEach(fetchAgain::tell);
    }
    keys.forEach(key -> forget(key, words(end)));
  }

  /**
   * Revokes keys without a successor, and ends enrolments with them, everywhere: all, or none.
   *
   * @param entries the evidence, written first
   */
  void end(
      List<KeyRecord> keys, List<Enrolment> enrolments, Revocation end, List<AuditEntry> entries) {
    KeyRecords store = store();
    refusing(custody::keys);
    evidence(entries);
    List<String> identifiers = keys.stream().map(KeyRecord::keyIdentifier).toList();
    store.end(identifiers, enrolments.stream().map(Enrolment::id).toList(), end);
    remember(identifiers);
    keys.forEach(key -> forget(key, words(end)));
  }

  /** Revokes a key that there is no record of, everywhere; the evidence is written. */
  void revoke(String keyIdentifier, Revocation end) {
    store().revoke(List.of(keyIdentifier), end, Optional.empty());
    forget(keyIdentifier, "", "", words(end));
  }

  private static String words(Revocation end) {
    return "was revoked by " + end.by() + ": " + end.reason();
  }

  /** Makes memory, snapshot and PBXs follow what the store has. */
  void forget(KeyRecord key, String words) {
    forget(key.keyIdentifier(), key.aor().toString(), key.device().orElse(""), words);
  }

  private void remember(List<String> keyIdentifiers) {
    refusing(
        () -> {
          revocations.add(custody.keys(), keyIdentifiers);
          return keyIdentifiers;
        });
  }

  private void forget(String keyIdentifier, String aor, String device, String words) {
    remember(List.of(keyIdentifier));
    drop(keyIdentifier);
    neighbours.note(
        new PhoneEvent(
            clock.instant(), PhoneEvent.Kind.REVOKED, keyIdentifier, aor, device, "", words));
  }

  /** Drops the registrations of a key at all PBXs. */
  void drop(String keyIdentifier) {
    neighbours.pbxs().forEach(pbx -> drop(pbx, keyIdentifier));
  }

  /** Drops the live registrations of these keys at all PBXs. */
  void drop(Set<String> keyIdentifiers) {
    for (PbxControl pbx : neighbours.pbxs()) {
      try {
        pbx.registrations().stream()
            .map(Registration::keyIdentifier)
            .filter(keyIdentifiers::contains)
            .distinct()
            .forEach(key -> drop(pbx, key));
      } catch (RuntimeException e) {
        LOG.warn("The PBX {} did not list its registrations", pbx.name(), e);
      }
    }
  }

  /** Turns what is missing into a sentence for the administrator. */
  static <T> T refusing(Supplier<T> action) {
    try {
      return action.get();
    } catch (AuditUnavailableException e) {
      throw new RequestRefusedException(
          "Nothing was changed, since the audit log can't be written: "
              + e.getMessage()
              + ". Look at latchkey:status.");
    } catch (UnavailableException e) {
      throw new RequestRefusedException(e.getMessage() + ". Look at latchkey:status.");
    }
  }

  private static void drop(PbxControl pbx, String keyIdentifier) {
    try {
      pbx.drop(keyIdentifier);
    } catch (RuntimeException e) {
      LOG.warn("The PBX {} could not drop {}", pbx.name(), keyIdentifier, e);
    }
  }
}
