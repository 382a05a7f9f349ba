package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.key.Generation;
import org.latchkey.key.KeyRecords;
import org.latchkey.keyscheme.KeyScheme;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether master keys are those that the store knows, and how the store comes to know them. */
final class Generations {

  private static final Logger LOG = LoggerFactory.getLogger(Generations.class);
  private static final int FIRST = 1;

  private final String enterprise;
  private final Evidence evidence;
  private final Clock clock;
  private final SecureRandom random;

  Generations(String enterprise, Evidence evidence, Clock clock, SecureRandom random) {
    this.enterprise = enterprise;
    this.evidence = evidence;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Makes the first master key: audit entry, keystore, store, in this order. Cut off after the
   * keystore, the next look finds a generation that the store doesn't know, and adopts it.
   */
  void create(MasterKeyFile file, KeyRecords store) throws IOException {
    audit("master-key.created", "Generation " + FIRST + " of the enterprise master key");
    file.create(FIRST, random);
    LOG.info("A new enterprise master key was made: keep a copy of {}", file.names());
    try (MasterKeys keys = file.load()) {
      store.addGeneration(generation(keys, FIRST));
    }
  }

  /** Makes the store know the generations that it doesn't, as after losing the store. */
  void adopt(MasterKeys keys, List<Generation> known, KeyRecords store) {
    Set<Integer> numbers = known.stream().map(Generation::number).collect(Collectors.toSet());
    for (int number : keys.generations()) {
      if (!numbers.contains(number)) {
        audit("master-key.adopted", "Generation " + number + " was new to the store");
        store.addGeneration(generation(keys, number));
        LOG.warn("Generation {} of the master key was new to the store", number);
      }
    }
  }

  /** Why these are not the master keys that the store knows, and what to do, if so. */
  Optional<String> misfit(MasterKeys keys, List<Generation> known, String files) {
    for (Generation each : known) {
      if (!each.enterprise().equals(enterprise)) {
        return Optional.of(
            "Generation %d was made for the enterprise '%s', the setting enterprise says '%s': set it back"
                .formatted(each.number(), each.enterprise(), enterprise));
      }
      if (keys.generation(each.number()).isEmpty()) {
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

  private Generation generation(MasterKeys keys, int number) {
    Instant now = Instant.now(clock).truncatedTo(ChronoUnit.MICROS);
    return new Generation(number, checkValue(keys, number), now, enterprise);
  }

  private String checkValue(MasterKeys keys, int number) {
    return KeyScheme.checkValue(keys.generation(number).orElseThrow(), enterprise);
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
