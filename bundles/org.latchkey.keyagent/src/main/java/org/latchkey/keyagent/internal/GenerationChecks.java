package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.custody.KeyCustody;
import org.latchkey.key.Generation;
import org.latchkey.key.Generation.State;
import org.latchkey.key.KeyRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether master keys are those that the store knows, and how the store comes to know them. */
final class GenerationChecks {

  private static final Logger LOG = LoggerFactory.getLogger(GenerationChecks.class);
  private static final int FIRST = 1;

  private final String enterprise;
  private final Evidence evidence;
  private final Clock clock;
  private final Restored restored;
  private final Map<Integer, String> unwiped = new ConcurrentHashMap<>();

  GenerationChecks(String enterprise, Evidence evidence, Clock clock, Restored restored) {
    this.restored = restored;
    this.enterprise = enterprise;
    this.evidence = evidence;
    this.clock = clock;
  }

  /**
   * Makes the first master key: audit entry, keystore, store, in this order. Cut off after the
   * keystore, the next look finds a generation that the store doesn't know, and adopts it.
   */
  void create(KeyCustody custody, KeyRecords store) throws IOException {
    audit("master-key.created", "Generation " + FIRST + " of the enterprise master key");
    custody.create(FIRST);
    LOG.info("A new enterprise master key was made: keep a copy of {}", custody.place());
    try (MasterKeys keys = load(custody)) {
      store.addGeneration(created(keys, FIRST).found(State.ISSUING));
    }
  }

  /** What a restore has left to be done. */
  Restored restored() {
    return restored;
  }

  /**
   * The keys of a custody.
   *
   * @throws IOException when it can't be opened
   */
  MasterKeys load(KeyCustody custody) throws IOException {
    return new MasterKeys(enterprise, custody.open());
  }

  /**
   * Makes the store know what the snapshot and the custody know better, evidence first; after a
   * restore, issues with the generation that was made for that.
   */
  void adopt(MasterKeys keys, FoundGenerations found, KeyRecords store) {
    for (Generation each : found.stored()) {
      mend(each, found.mended(each), store);
    }
    for (int number : found.spent()) {
      if (!keys.generations().contains(number)) {
        audit(
            "master-key.adopted", "Generation " + number + " was destroyed, and new to the store");
        Generation spent = Generation.created(number, "", now(), enterprise);
        store.addGeneration(found.unknown(spent, keys.generations()));
      }
    }
    Set<Integer> numbers =
        found.stored().stream().map(Generation::number).collect(Collectors.toSet());
    for (int number : keys.generations()) {
      if (!numbers.contains(number)) {
        audit("master-key.adopted", "Generation " + number + " was new to the store");
        Generation made = created(keys, number);
        store.addGeneration(unknown(made, found.unknown(made, keys.generations())));
        LOG.warn("Generation {} of the master key was new to the store", number);
      }
    }
    restored.end(store);
  }

  /**
   * How a generation that is new to the store is taken in. After a restore the one that was made
   * for that issues next, and no other: what has issued since the backup must not issue again.
   */
  private Generation unknown(Generation made, Generation found) {
    if (restored.isNext(made.number())) {
      return made.found(State.DISTRIBUTED);
    }
    return restored.pending() && found.state() == State.DISTRIBUTED
        ? made.found(State.VERIFY_ONLY)
        : found;
  }

  /** No state is left out in the store, here neither. */
  private void mend(Generation stored, Generation mended, KeyRecords store) {
    if (mended.equals(stored)) {
      return;
    }
    String words =
        "Generation %s, as the snapshot of revocations says; the store said %s"
            .formatted(Roster.of(List.of(mended)).text(), Roster.of(List.of(stored)).text());
    audit("master-key.adopted", words);
    LOG.warn("{}", words);
    Generation step =
        new Generation(
            stored.number(),
            stored.checkValue(),
            stored.createdAt(),
            stored.enterprise(),
            stored.state(),
            stored.since(),
            mended.compromised(),
            mended.cutOff());
    store.advance(List.of(step));
    for (State next : State.values()) {
      if (next.compareTo(step.state()) > 0 && next.compareTo(mended.state()) <= 0) {
        step = step.advanced(next, now());
        store.advance(List.of(step));
      }
    }
  }

  /** Why these are not the master keys that the store knows, and what to do, if so. */
  Optional<String> foreign(MasterKeys keys, List<Generation> known, String files) {
    for (Generation each : known) {
      if (each.state() == State.DESTROYED) {
        continue;
      }
      if (!each.enterprise().equals(enterprise)) {
        return Optional.of(
            "Generation %d was made for the enterprise '%s', the setting enterprise says '%s': set it back"
                .formatted(each.number(), each.enterprise(), enterprise));
      }
      if (keys.generations().contains(each.number())
          && !keys.checkValue(each.number()).equals(each.checkValue())) {
        return Optional.of(
            "The master key of generation %d is a foreign one: bring back the right %s"
                .formatted(each.number(), files));
      }
    }
    return Optional.empty();
  }

  /** Why nothing may be made, if the key of the generation that issues is not here. */
  static Optional<String> missing(MasterKeys keys, Roster roster, String files) {
    return roster
        .issuing()
        .filter(number -> !keys.generations().contains(number))
        .map(
            number ->
                "The master key of generation %d is missing: bring back the %s that have it"
                    .formatted(number, files));
  }

  /** A new generation of these keys, as the store shall have it. */
  Generation created(MasterKeys keys, int number) {
    return Generation.created(number, keys.checkValue(number), now(), enterprise);
  }

  private Instant now() {
    return Instant.now(clock).truncatedTo(ChronoUnit.MICROS);
  }

  /** Wipes keys of generations that the store knows as destroyed. */
  void wipeDestroyed(KeyCustody custody, MasterKeys keys, Roster roster) {
    unwiped.clear();
    for (int number : keys.generations()) {
      if (roster.isDestroyed(number)) {
        wipe(custody, number);
      }
    }
  }

  /** Wipes the key of a destroyed generation; what goes wrong is in {@link #unwiped()} then. */
  void wipe(KeyCustody custody, int number) {
    try {
      custody.remove(number);
      unwiped.remove(number);
      LOG.info("Generation {} of the master key was wiped", number);
    } catch (IOException e) {
      unwiped.put(number, "its key is still in %s: %s".formatted(custody.place(), e.getMessage()));
      LOG.error("Generation {} is destroyed, and its key can't be wiped", number, e);
    }
  }

  /** Which destroyed generations still have a key, and why. */
  Map<Integer, String> unwiped() {
    return Map.copyOf(unwiped);
  }

  /**
   * Writes the evidence.
   *
   * @throws AuditUnavailableException when it can't
   */
  private void audit(String action, String detail) {
    evidence.append(new AuditEntry(Instant.now(clock), "keyagent", action, "", "", "", "", detail));
  }
}
