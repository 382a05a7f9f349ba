package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.latchkey.keyscheme.KeyIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which key identifiers are revoked: in memory for the REGISTER path, and in the signed snapshot,
 * which has the states of generations too. A revocation is never undone, so the set only grows,
 * until a generation is destroyed. Thread-safe; {@link #contains} takes no lock.
 */
final class Revocations {

  private static final Logger LOG = LoggerFactory.getLogger(Revocations.class);

  private final RevocationFile file;
  private final Clock clock;
  private final Set<String> revoked = ConcurrentHashMap.newKeySet();
  private volatile Issued issued = new Issued(Set.of(), Set.of());
  private Roster roster = Roster.NONE;
  private boolean onDisk;
  private volatile Optional<String> fault = Optional.empty();

  Revocations(RevocationFile file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  /**
   * All keys of generations of which somebody else may have the subkeys: whoever has them makes
   * identifiers of his own, with good tags and secrets, so there only what was issued counts.
   */
  private record Issued(Set<Integer> generations, Set<String> keys) {

    boolean isForged(String keyIdentifier) {
      return !generations.isEmpty()
          && !keys.contains(keyIdentifier)
          && KeyIdentifier.parse(keyIdentifier)
              .filter(name -> generations.contains(name.generation()))
              .isPresent();
    }
  }

  /** Whether a key authenticates no more, or never should have. */
  boolean contains(String keyIdentifier) {
    return revoked.contains(keyIdentifier) || issued.isForged(keyIdentifier);
  }

  /** Lets of compromised generations only these keys count. */
  void onlyIssued(Set<Integer> compromised, Set<String> keyIdentifiers) {
    issued = new Issued(Set.copyOf(compromised), Set.copyOf(keyIdentifiers));
  }

  int size() {
    return revoked.size();
  }

  /** All of them at this moment. */
  Set<String> all() {
    return Set.copyOf(revoked);
  }

  /** All keys that count of compromised generations. */
  Set<String> issuedOfCompromised() {
    return issued.keys();
  }

  /** The file of the snapshot. */
  RevocationFile file() {
    return file;
  }

  /** Why the snapshot is not on disk, if so. */
  Optional<String> fault() {
    return fault;
  }

  /** What is known now. */
  synchronized RevocationFile.Snapshot snapshot() {
    return new RevocationFile.Snapshot(
        Instant.now(clock), Optional.of(roster), Set.copyOf(revoked));
  }

  /** Takes over what a verified snapshot says, when the store is away. */
  synchronized void startFrom(RevocationFile.Snapshot snapshot) {
    revoked.addAll(snapshot.revoked());
    roster = snapshot.roster().orElse(Roster.NONE);
    // Nobody can say now what was issued: doubt is refusal.
    onlyIssued(roster.verifyingCompromised(), Set.of());
    onDisk = true;
  }

  /**
   * Brings memory and snapshot up to what the store says. Those of destroyed generations are
   * forgotten.
   *
   * @param snapshot what the file says, if it verifies
   * @return how many the snapshot has that the store does not know: these stay revoked
   */
  synchronized int reconcile(
      MasterKeys keys, Roster now, Set<String> stored, Optional<RevocationFile.Snapshot> snapshot) {
    Set<String> before = snapshot.map(RevocationFile.Snapshot::revoked).orElse(Set.of());
    roster = now;
    revoked.addAll(stored);
    revoked.addAll(before);
    revoked.removeIf(this::isDestroyed);
    boolean sameRoster =
        snapshot.flatMap(RevocationFile.Snapshot::roster).filter(now::equals).isPresent();
    onDisk = sameRoster && before.equals(revoked);
    persist(keys);
    Set<String> unknown = new HashSet<>(before);
    unknown.removeAll(stored);
    unknown.removeIf(this::isDestroyed);
    return unknown.size();
  }

  private boolean isDestroyed(String keyIdentifier) {
    return KeyIdentifier.parse(keyIdentifier)
        .map(KeyIdentifier::generation)
        .filter(roster::isDestroyed)
        .isPresent();
  }

  /** Adds revocations that the store has, to memory first, and rewrites the snapshot. */
  synchronized void add(MasterKeys keys, Collection<String> keyIdentifiers) {
    if (revoked.addAll(keyIdentifiers)) {
      onDisk = false;
    }
    persist(keys);
  }

  /** Writes the snapshot again if the last attempt failed. */
  synchronized void persist(MasterKeys keys) {
    if (onDisk && file.exists()) {
      return;
    }
    try {
      file.write(keys, snapshot());
      onDisk = true;
      fault = Optional.empty();
    } catch (IOException e) {
      onDisk = false;
      if (fault.isEmpty()) {
        LOG.error("The snapshot of revocations {} can't be written", file.name(), e);
      }
      fault = Optional.of("The snapshot of revocations " + file.name() + " can't be written");
      deleteStale();
    }
  }

  private void deleteStale() {
    try {
      file.delete();
    } catch (IOException e) {
      LOG.error("The outdated snapshot of revocations {} can't be removed", file.name(), e);
    }
  }
}
