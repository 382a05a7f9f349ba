package org.latchkey.quarantine.internal;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.latchkey.admission.Hold;
import org.latchkey.admission.Hold.Kind;
import org.latchkey.admission.HoldRecords;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.PhoneEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is held, in memory, and how it got there: from the store when it is there, from the snapshot
 * file when it was away at start. A change goes into the audit log, then the store, then memory,
 * then the snapshot. Reading needs no lock; changes and refreshes exclude one another.
 */
final class HoldBook {

  private static final Logger LOG = LoggerFactory.getLogger(HoldBook.class);

  /** Holds that go into the audit log and the store in one piece: each has seconds, not minutes. */
  private static final int MOST_AT_ONCE = 5_000;

  private final HoldSnapshot snapshot;
  private final Neighbours neighbours;
  private final InstantSource clock;

  private volatile Optional<HeldKeys> held = Optional.empty();
  private volatile boolean knowsNewKeys;
  private volatile Optional<String> storeTrouble = Optional.of("the store was not read yet");
  private volatile Optional<String> snapshotTrouble = Optional.empty();
  private Optional<List<Hold>> inSnapshot = Optional.empty();

  /** A book that knows what the snapshot says, if there is one. */
  HoldBook(HoldSnapshot snapshot, Neighbours neighbours, InstantSource clock) {
    this.snapshot = snapshot;
    this.neighbours = neighbours;
    this.clock = clock;
    try {
      inSnapshot = snapshot.read();
      held = inSnapshot.map(HeldKeys::of);
    } catch (IOException e) {
      snapshotTrouble = Optional.of(String.valueOf(e.getMessage()));
      LOG.warn("The snapshot of holds can't be used: {}", e.getMessage());
    }
  }

  /** All holds as far as known; empty when neither store nor snapshot could be read. */
  Optional<HeldKeys> held() {
    return held;
  }

  /**
   * Whether a key that was issued lately is held here when it is held at all. Not before records
   * that have it so were read.
   */
  boolean knowsNewKeys() {
    return knowsNewKeys;
  }

  /** Why memory may lag behind the store. */
  Optional<String> storeTrouble() {
    return storeTrouble;
  }

  /** Why the snapshot is not as memory is. */
  Optional<String> snapshotTrouble() {
    return snapshotTrouble;
  }

  /** Whether nothing was ever written: the very first start. */
  synchronized boolean isNew() {
    return inSnapshot.isEmpty() && snapshotTrouble.isEmpty();
  }

  /** Takes over what the store says now; when it is away, memory stays as it is. */
  synchronized void refresh() {
    try {
      HoldRecords records = neighbours.requireRecords();
      HeldKeys now = HeldKeys.of(records.holds());
      knowsNewKeys = records.knowsNewKeys();
      take(now);
      if (storeTrouble.isPresent()) {
        storeTrouble = Optional.empty();
        LOG.info(
            "Holds are decided from the store: {} in all", held.map(h -> h.all().size()).get());
      }
    } catch (RuntimeException | LinkageError e) {
      // A linkage error: the store's bundle is being replaced.
      if (storeTrouble.isEmpty()) {
        LOG.warn("Holds are decided from memory, the store is away: {}", e.getMessage());
      }
      storeTrouble = Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Adds or replaces a hold. Harmless when it is there already. */
  synchronized void add(String keyIdentifier, Kind kind, String reason, String actor) {
    HoldRecords records = neighbours.requireRecords();
    HeldKeys now = HeldKeys.of(records.holds());
    Optional<Hold> old = now.of(keyIdentifier, kind);
    if (old.filter(hold -> kind == Kind.AWAITS_APPROVAL || hold.reason().equals(reason))
        .isEmpty()) {
      Hold hold = new Hold(keyIdentifier, kind, reason, actor, clock.instant());
      boolean held = kind == Kind.HELD;
      change(
          entry(actor, held ? "phone.held" : "phone.awaits-approval", keyIdentifier, reason),
          () -> records.add(hold));
      now = now.with(List.of(hold));
      note(
          PhoneEvent.Kind.HELD,
          keyIdentifier,
          held ? "was held by " + actor + ": " + reason : "waits for approval");
    }
    take(now);
  }

  /** Removes a hold; false when there was none. */
  synchronized boolean remove(String keyIdentifier, Kind kind, String actor) {
    HoldRecords records = neighbours.requireRecords();
    HeldKeys now = HeldKeys.of(records.holds());
    boolean there = now.of(keyIdentifier, kind).isPresent();
    if (there) {
      boolean held = kind == Kind.HELD;
      change(
          entry(actor, held ? "phone.released" : "phone.approved", keyIdentifier, ""),
          () -> records.remove(keyIdentifier, kind));
      now = now.without(List.of(keyIdentifier), kind);
      note(
          PhoneEvent.Kind.RELEASED,
          keyIdentifier,
          (held ? "was released by " : "was approved by ") + actor);
    }
    take(now);
    return there;
  }

  /** Holds many keys, those that are not held so already. */
  synchronized void leaveBehind(Collection<String> keyIdentifiers, String reason, String actor) {
    HoldRecords records = neighbours.requireRecords();
    HeldKeys before = HeldKeys.of(records.holds());
    List<Hold> added =
        keyIdentifiers.stream()
            .filter(key -> before.of(key, Kind.LEFT_BEHIND).isEmpty())
            .map(key -> new Hold(key, Kind.LEFT_BEHIND, reason, actor, clock.instant()))
            .toList();
    HeldKeys now = before;
    take(now);
    for (int i = 0; i < added.size(); i += MOST_AT_ONCE) {
      List<Hold> part = added.subList(i, Math.min(added.size(), i + MOST_AT_ONCE));
      neighbours.auditAll(
          part.stream()
              .map(hold -> entry(actor, "phone.left-behind", hold.keyIdentifier(), reason))
              .toList());
      records.addAll(part);
      part.forEach(
          hold -> note(PhoneEvent.Kind.HELD, hold.keyIdentifier(), "was left behind: " + reason));
      now = now.with(part);
      take(now);
    }
  }

  /** Ends such holds. */
  synchronized void forgetLeftBehind(Collection<String> keyIdentifiers, String actor) {
    HoldRecords records = neighbours.requireRecords();
    HeldKeys before = HeldKeys.of(records.holds());
    List<String> ended =
        keyIdentifiers.stream()
            .filter(key -> before.of(key, Kind.LEFT_BEHIND).isPresent())
            .sorted()
            .toList();
    HeldKeys now = before;
    take(now);
    for (int i = 0; i < ended.size(); i += MOST_AT_ONCE) {
      List<String> part = ended.subList(i, Math.min(ended.size(), i + MOST_AT_ONCE));
      neighbours.auditAll(
          part.stream().map(key -> entry(actor, "phone.left-behind-ended", key, "")).toList());
      records.removeAll(part, Kind.LEFT_BEHIND);
      now = now.without(part, Kind.LEFT_BEHIND);
      take(now);
    }
  }

  /** The entry first, then the deed; if the deed fails the log says that too. */
  private void change(AuditEntry entry, Runnable deed) {
    neighbours.audit(entry);
    try {
      deed.run();
    } catch (RuntimeException e) {
      try {
        neighbours.audit(
            entry(
                entry.actor(),
                "phone.unchanged",
                entry.keyIdentifier(),
                entry.action() + " was not carried out: " + e.getMessage()));
      } catch (RuntimeException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  private void take(HeldKeys now) {
    held = Optional.of(now);
    List<Hold> holds = now.all();
    if (inSnapshot.filter(holds::equals).isPresent()) {
      return;
    }
    try {
      snapshot.write(holds);
      inSnapshot = Optional.of(holds);
      snapshotTrouble = Optional.empty();
    } catch (IOException e) {
      if (snapshotTrouble.isEmpty()) {
        LOG.warn("The snapshot of holds can't be written: {}", e.toString());
      }
      snapshotTrouble = Optional.of("it can't be written: " + e);
    }
  }

  private AuditEntry entry(String actor, String action, String keyIdentifier, String detail) {
    return new AuditEntry(clock.instant(), actor, action, keyIdentifier, "", "", "", detail);
  }

  private void note(PhoneEvent.Kind kind, String keyIdentifier, String words) {
    neighbours.note(new PhoneEvent(clock.instant(), kind, keyIdentifier, "", "", "", words));
  }
}
