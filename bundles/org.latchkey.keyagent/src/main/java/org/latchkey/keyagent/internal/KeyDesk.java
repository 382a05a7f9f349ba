package org.latchkey.keyagent.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.latchkey.audit.AuditEntry;
import org.latchkey.key.Aor;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.KeyPurpose;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.keyscheme.KeyIdentifier;
import org.latchkey.keyscheme.Prf;

/** Ends keys: for good, or for another one of the same phone. */
final class KeyDesk {

  /** The end of a window that only fetching ends. */
  private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

  private final AgentSettings settings;
  private final Custody custody;
  private final Changes changes;
  private final Revocations revocations;
  private final Stripes enrolments;

  KeyDesk(Parts parts, Changes changes) {
    this.changes = changes;
    settings = parts.settings();
    custody = parts.custody();
    revocations = parts.revocations();
    enrolments = parts.enrolments();
  }

  /**
   * Revokes a key, with all that its phone has.
   *
   * @return the key as revoked; empty when there is no record of it
   */
  Optional<KeyRecord> revoke(String keyIdentifier, String reason, String actor) {
    Optional<KeyRecord> known = changes.store().key(keyIdentifier);
    if (known.isEmpty() && isGenuine(keyIdentifier)) {
      return enrolments.alone(keyIdentifier, () -> unrecorded(keyIdentifier, reason, actor));
    }
    return enrolments.alone(
        key(keyIdentifier).enrolment(),
        () -> Optional.of(revoked(key(keyIdentifier), reason, actor)));
  }

  private KeyRecord revoked(KeyRecord key, String reason, String actor) {
    KeyRecord.Revocation end =
        new KeyRecord.Revocation(changes.now(), actor, reason, Optional.empty());
    List<KeyRecord> all = changes.ofSamePhone(key);
    revoke(all, end, Optional.empty(), "key.revoked", reason);
    for (KeyRecord one : all) {
      if (one.revocation().isPresent() && !revocations.contains(one.keyIdentifier())) {
        changes.forget(one, "was revoked");
      } else if (one.revocation().isPresent()) {
        changes.drop(one.keyIdentifier());
      }
    }
    return key.revocation().isPresent() ? key : key.revoked(end);
  }

  /** One that was issued after the store which is here now was backed up. */
  private Optional<KeyRecord> unrecorded(String keyIdentifier, String reason, String actor) {
    if (revocations.contains(keyIdentifier)) {
      changes.drop(keyIdentifier);
      return Optional.empty();
    }
    KeyRecord.Revocation end =
        new KeyRecord.Revocation(changes.now(), actor, reason, Optional.empty());
    changes.evidence(
        List.of(
            new AuditEntry(
                changes.now(),
                actor,
                "key.revoked",
                keyIdentifier,
                "",
                "",
                "",
                "No record of it" + (reason.isEmpty() ? "" : "; " + reason))));
    changes.revoke(keyIdentifier, end);
    return Optional.empty();
  }

  /** Whether this site made an identifier: its tag says so, with no record of it. */
  private boolean isGenuine(String keyIdentifier) {
    Optional<KeyIdentifier> named = KeyIdentifier.parse(keyIdentifier);
    if (named.isEmpty() || !custody.generations().contains(named.get().generation())) {
      return false;
    }
    return settings.realms().stream()
        .anyMatch(
            realm ->
                settings.domains().stream()
                    .anyMatch(domain -> Changes.refusing(() -> fits(named.get(), realm, domain))));
  }

  private boolean fits(KeyIdentifier identifier, String realm, String domain) {
    try (Prf tagKey = custody.subkey(identifier.generation(), KeyPurpose.TAG, realm, domain)) {
      return identifier.tagFits(tagKey);
    }
  }

  /** Gives the phone of a key another AOR, by an enrolment of this name. */
  Enrolment assign(String keyIdentifier, Aor aor, String id, String actor) {
    return enrolments.alone(
        key(keyIdentifier).enrolment(), () -> assigned(key(keyIdentifier), aor, id, actor));
  }

  private Enrolment assigned(KeyRecord key, Aor aor, String id, String actor) {
    String keyIdentifier = key.keyIdentifier();
    requireAssignable(key, aor);
    Enrolment successor =
        new Enrolment(
            id,
            aor,
            deviceOf(key),
            key.line(),
            key.displayName(),
            changes.isHeld(keyIdentifier),
            CodeKind.LOGIN,
            "",
            actor,
            changes.now(),
            NEVER,
            0,
            Optional.empty());
    KeyRecord.Revocation end =
        new KeyRecord.Revocation(
            changes.now(), actor, "assigned to " + aor, Optional.of(successor.id()));
    String detail = "To " + aor + ", enrolment " + successor.id();
    revoke(changes.ofSamePhone(key), end, Optional.of(successor), "key.assigned", detail);
    return successor;
  }

  /** Revokes those of a phone's keys that are not revoked yet, with the evidence of each. */
  private void revoke(
      List<KeyRecord> keys,
      KeyRecord.Revocation end,
      Optional<Enrolment> successor,
      String action,
      String detail) {
    List<KeyRecord> live = keys.stream().filter(one -> one.revocation().isEmpty()).toList();
    if (!live.isEmpty()) {
      List<AuditEntry> entries =
          live.stream().map(one -> changes.entry(end.by(), action, one, detail)).toList();
      changes.revoke(live, end, successor, entries);
    }
  }

  /** The device of a key, but for an extension that stood in for one: it is another's from now. */
  private static Optional<String> deviceOf(KeyRecord key) {
    return key.device().filter(name -> !name.equals(key.aor().user()));
  }

  private void requireAssignable(KeyRecord key, Aor aor) {
    String keyIdentifier = key.keyIdentifier();
    if (key.revocation().isPresent() || revocations.contains(keyIdentifier)) {
      throw new RequestRefusedException(
          "The key " + keyIdentifier + " is revoked; enrol the phone anew with latchkey:enrol.");
    }
    if (key.replacedBy().isPresent()) {
      throw new RequestRefusedException(
          "The key %s was replaced by %s: assign that one."
              .formatted(keyIdentifier, key.replacedBy().get()));
    }
    if (key.aor().equals(aor)) {
      throw new RequestRefusedException("The key " + keyIdentifier + " has " + aor + " already.");
    }
  }

  private KeyRecord key(String keyIdentifier) {
    return changes
        .store()
        .key(keyIdentifier)
        .orElseThrow(
            () ->
                new RequestRefusedException(
                    "There is no key " + keyIdentifier + "; latchkey:phones lists them."));
  }
}
