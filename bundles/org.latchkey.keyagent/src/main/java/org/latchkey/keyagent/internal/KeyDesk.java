package org.latchkey.keyagent.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.latchkey.audit.AuditEntry;
import org.latchkey.key.Aor;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.Enrolments.Ended;
import org.latchkey.key.KeyPurpose;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.keyscheme.KeyIdentifier;
import org.latchkey.keyscheme.Prf;

/** Ends keys: for good, or for another one of the same phone. */
final class KeyDesk {

  /** The end of a window that only fetching ends. */
  static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

  private final AgentSettings settings;
  private final Custody custody;
  private final Changes changes;
  private final Revocations revocations;
  private final DeviceLines lines;
  private final Moves moves;
  private final Stripes enrolments;

  KeyDesk(Parts parts, Changes changes) {
    this.changes = changes;
    settings = parts.settings();
    custody = parts.custody();
    revocations = parts.revocations();
    lines = parts.lines();
    moves = parts.moves();
    enrolments = parts.enrolments();
  }

  /** Revokes a key, with all that its phone has, and what ends with the last line of a device. */
  Ended revoke(String keyIdentifier, String reason, String actor) {
    KeyRecords store = changes.store();
    if (store.key(keyIdentifier).isEmpty() && isGenuine(keyIdentifier)) {
      return enrolments.alone(keyIdentifier, () -> unrecorded(keyIdentifier, reason, actor));
    }
    KeyRecord.Revocation end = revocation(reason, actor);
    KeyRecord key = key(keyIdentifier);
    List<Enrolment> open = lines.endingWith(store, key);
    Ended ended =
        enrolments.alone(key.enrolment(), () -> ended(changes.ofSamePhone(key), open, end));
    List<String> served = new ArrayList<>(open.stream().map(Enrolment::id).toList());
    if (key.revocation().isEmpty()) {
      Successor.last(store, key.enrolment()).ifPresent(one -> served.add(one.id()));
    }
    return withLate(ended, served, end);
  }

  /** Revokes what a device has, and ends what it might fetch. */
  Ended revokeDevice(String device, String reason, String actor) {
    KeyRecords store = changes.store();
    List<KeyRecord> keys =
        new ArrayList<>(
            store.keysOfDevice(device).stream().filter(one -> one.revocation().isEmpty()).toList());
    Collections.reverse(keys);
    List<Enrolment> open = lines.open(store, device);
    if (keys.isEmpty() && open.isEmpty()) {
      throw new RequestRefusedException(
          "Nothing was done: the device %s has neither a live key nor an open enrolment."
              .formatted(device));
    }
    KeyRecord.Revocation end = revocation(reason, actor);
    Stream<String> served =
        Stream.concat(keys.stream().map(KeyRecord::enrolment), open.stream().map(Enrolment::id));
    return withLate(ended(keys, open, end), served.distinct().toList(), end);
  }

  private KeyRecord.Revocation revocation(String reason, String actor) {
    return new KeyRecord.Revocation(changes.now(), actor, reason, Optional.empty());
  }

  /** Ends in one step what lives of keys and enrolments. */
  private Ended ended(List<KeyRecord> keys, List<Enrolment> open, KeyRecord.Revocation end) {
    List<KeyRecord> live = keys.stream().filter(one -> one.revocation().isEmpty()).toList();
    if (!live.isEmpty() || !open.isEmpty()) {
      List<AuditEntry> entries = new ArrayList<>();
      live.forEach(one -> entries.add(changes.entry(end.by(), "key.revoked", one, end.reason())));
      open.forEach(
          one ->
              entries.add(
                  changes.entry(
                      end.by(),
                      "enrolment.cancelled",
                      one,
                      "Enrolment " + one.id() + ", with the keys of its device")));
      changes.end(live, open, end, entries);
    }
    for (KeyRecord one : keys) {
      if (one.revocation().isPresent() && !revocations.contains(one.keyIdentifier())) {
        changes.forget(one, "was revoked");
      } else if (one.revocation().isPresent()) {
        changes.drop(one.keyIdentifier());
      }
    }
    return new Ended(
        keys.stream().map(one -> one.revocation().isPresent() ? one : one.revoked(end)).toList(),
        open);
  }

  /** Adds what phones that were being served meanwhile got from these enrolments: none is left. */
  private Ended withLate(Ended first, List<String> served, KeyRecord.Revocation end) {
    List<KeyRecord> keys = new ArrayList<>(first.keys());
    for (String id : served) {
      keys.addAll(enrolments.alone(id, () -> late(id, end)));
    }
    return new Ended(keys, first.enrolments());
  }

  private List<KeyRecord> late(String enrolment, KeyRecord.Revocation end) {
    KeyRecords store = changes.store();
    store
        .enrolment(enrolment)
        .filter(one -> one.keyIdentifier().isEmpty() && Successor.predecessor(one).isPresent())
        .ifPresent(one -> store.updateEnrolment(Successor.forgotten(one, end.at())));
    List<KeyRecord> live =
        store.enrolment(enrolment).flatMap(Enrolment::keyIdentifier).flatMap(store::key).stream()
            .flatMap(key -> changes.ofSamePhone(key).stream())
            .filter(key -> key.revocation().isEmpty())
            .toList();
    return ended(live, List.of(), end).keys();
  }

  /** One that was issued after the store which is here now was backed up. */
  private Ended unrecorded(String keyIdentifier, String reason, String actor) {
    Ended nothing = new Ended(List.of(), List.of());
    if (revocations.contains(keyIdentifier)) {
      changes.drop(keyIdentifier);
      return nothing;
    }
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
    changes.revoke(keyIdentifier, revocation(reason, actor));
    return nothing;
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
    Optional<Enrolment> stranger = moves.assign(keyIdentifier, aor, id, actor);
    stranger.ifPresent(one -> moves.tell(key(keyIdentifier)));
    return stranger.orElseGet(
        () ->
            enrolments.alone(
                key(keyIdentifier).enrolment(),
                () -> assigned(key(keyIdentifier), aor, id, actor)));
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
    List<KeyRecord> live =
        changes.ofSamePhone(key).stream().filter(one -> one.revocation().isEmpty()).toList();
    changes.revoke(
        live,
        end,
        Optional.of(successor),
        live.stream().map(one -> changes.entry(actor, "key.assigned", one, detail)).toList());
    return successor;
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
