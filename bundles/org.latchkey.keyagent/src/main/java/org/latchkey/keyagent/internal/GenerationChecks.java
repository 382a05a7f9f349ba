package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
   * Makes the store know the generations that it doesn't: the one of a first start that was cut off
   * issues; the one of a rotation that was cut off is created; of others nobody knows what they
   * were, so they verify. After a restore without a store, the one made for that issues.
   *
   * @param before what the snapshot of revocations says of generations
   */
  void adopt(MasterKeys keys, List<Generation> known, KeyRecords store, Roster before) {
    Set<Integer> numbers = known.stream().map(Generation::number).collect(Collectors.toSet());
    for (int number : keys.generations()) {
      if (!numbers.contains(number)) {
        audit("master-key.adopted", "Generation " + number + " was new to the store");
        Generation made = created(keys, number);
        store.addGeneration(
            restored.found(made, before).orElseGet(() -> made.found(state(number, keys, numbers))));
        LOG.warn("Generation {} of the master key was new to the store", number);
      }
    }
    restored.end();
  }

  /** Why these are not the master keys that the store knows, and what to do, if so. */
  Optional<String> misfit(MasterKeys keys, List<Generation> known, String files) {
    for (Generation each : known) {
      if (each.state() == State.DESTROYED) {
        continue;
      }
      if (!each.enterprise().equals(enterprise)) {
        return Optional.of(
            "Generation %d was made for the enterprise '%s', the setting enterprise says '%s': set it back"
                .formatted(each.number(), each.enterprise(), enterprise));
      }
      if (!keys.generations().contains(each.number())) {
        return Optional.of(
            "The master key of generation %d is missing: bring back the %s that have it"
                .formatted(each.number(), files));
      }
      if (!checkValue(keys, each.number()).equals(each.checkValue())) {
        return Optional.of(
            "The master key of generation %d is a foreign one: bring back the right %s"
                .formatted(each.number(), files));
      }
    }
    return Optional.empty();
  }

  /** A new generation of these keys, as the store shall have it. */
  Generation created(MasterKeys keys, int number) {
    Instant now = Instant.now(clock).truncatedTo(ChronoUnit.MICROS);
    return Generation.created(number, checkValue(keys, number), now, enterprise);
  }

  private static State state(int number, MasterKeys keys, Set<Integer> known) {
    if (known.isEmpty()) {
      return keys.generations().size() == 1 ? State.ISSUING : State.VERIFY_ONLY;
    }
    return number > Collections.max(known) ? State.CREATED : State.VERIFY_ONLY;
  }

  /** Wipes keys of generations that the store knows as destroyed. */
  void wipeDestroyed(KeyCustody custody, MasterKeys keys, Roster roster) {
    for (int number : keys.generations()) {
      if (roster.isDestroyed(number)) {
        try {
          custody.remove(number);
          LOG.info("Generation {} of the master key was wiped", number);
        } catch (IOException e) {
          LOG.error("Generation {} is destroyed, and its key can't be wiped", number, e);
        }
      }
    }
  }

  private String checkValue(MasterKeys keys, int number) {
    return keys.checkValue(number);
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
