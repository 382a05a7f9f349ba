package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latchkey.custody.KeyCustody;
import org.latchkey.key.Generation;
import org.latchkey.key.Generation.State;
import org.latchkey.key.Generations.Rotation;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.keyscheme.KeyIdentifier;

/**
 * How a generation follows another: each step is evidence first, then keystore, store and memory,
 * so that a rotation that was cut off goes on where it stopped.
 */
final class Rotating {

  private final Custody custody;
  private final KeyPlace place;
  private final GenerationChecks checks;
  private final Changes changes;
  private final CheckSyncs checkSyncs;

  Rotating(Parts parts, Changes changes) {
    this.changes = changes;
    custody = parts.custody();
    place = parts.place();
    checks = parts.checks();
    checkSyncs = parts.checkSyncs();
  }

  Generation rotate(Rotation how, String actor) {
    KeyRecords store = changes.store();
    changes.requireWell("Nothing was rotated");
    boolean compromised = how == Rotation.COMPROMISED;
    if (compromised) {
      changes.quarantine();
    }
    Generation next = begun(store, compromised).orElseGet(() -> made(store, actor));
    if (next.state() == State.CREATED) {
      next = distributed(store, next, actor);
    }
    if (how == Rotation.PREPARE) {
      return next;
    }
    if (compromised) {
      // Before, so that one that is cut off goes on when typed again; after, for keys made
      // meanwhile.
      leaveBehind(next, actor);
      next = issuing(store, next, true, actor);
      leaveBehind(next, actor);
    } else {
      next = issuing(store, next, false, actor);
    }
    checkSyncs.soon();
    return next;
  }

  /**
   * One that was begun and not ended. The thief of a registrar may have what was distributed, so
   * after a theft only one that never left this node will do.
   */
  private Optional<Generation> begun(KeyRecords store, boolean compromised) {
    return store.generations().stream()
        .filter(g -> g.state() == State.CREATED || (g.state() == State.DISTRIBUTED && !compromised))
        .filter(g -> !g.compromised() && !g.cutOff())
        .filter(g -> custody.keys().generations().contains(g.number()))
        .reduce((one, other) -> other);
  }

  private Generation made(KeyRecords store, String actor) {
    int number = store.generations().stream().mapToInt(g -> g.number() + 1).max().orElse(0);
    if (number > KeyIdentifier.MAX_GENERATION) {
      throw new RequestRefusedException(
          "Nothing was rotated: the last number of a generation, 1023, is used.");
    }
    changes.evidence(actor, "generation.created", "Generation " + number);
    return custody.alone(
        () -> {
          try {
            KeyCustody there = place.inForce();
            there.create(number);
            try (MasterKeys keys = checks.load(there)) {
              Generation made = checks.created(keys, number);
              store.addGeneration(made);
              return made;
            }
          } catch (IOException | UncheckedIOException e) {
            throw new RequestRefusedException(
                "Nothing was rotated, the new master key can't be kept: %s. Look at latchkey:status."
                    .formatted(e.getMessage()));
          }
        });
  }

  private Generation distributed(KeyRecords store, Generation next, String actor) {
    changes.evidence(actor, "generation.distributed", "Generation " + next.number());
    Generation distributed = next.advanced(State.DISTRIBUTED, changes.now());
    store.advance(List.of(distributed));
    custody.look();
    if (!custody.generations().contains(next.number())) {
      throw new RequestRefusedException(
          "Generation %d is made, but not checked here yet: look at latchkey:status, and type it again."
              .formatted(next.number()));
    }
    return distributed;
  }

  private Generation issuing(KeyRecords store, Generation next, boolean compromised, String actor) {
    List<Generation> changed = new ArrayList<>();
    for (Generation old : store.generations()) {
      Generation now =
          old.state() == State.ISSUING ? old.advanced(State.VERIFY_ONLY, changes.now()) : old;
      if (compromised && old.number() != next.number() && old.verifies()) {
        // Of one that was only distributed nobody has a key but the thief.
        now = old.state() == State.DISTRIBUTED ? now.asCutOff() : now;
        now = now.asCompromised();
      }
      if (!now.equals(old)) {
        changed.add(now);
      }
    }
    Generation issuing = next.advanced(State.ISSUING, changes.now());
    changed.add(issuing);
    changes.evidence(
        actor,
        compromised ? "generation.compromised" : "generation.issuing",
        "Generation %d issues".formatted(next.number()));
    custody.switching(() -> store.advance(changed));
    return issuing;
  }

  private void leaveBehind(Generation next, String actor) {
    List<String> all =
        changes.store().keys().stream()
            .filter(key -> key.generation() != next.number() && key.revocation().isEmpty())
            .map(KeyRecord::keyIdentifier)
            .toList();
    Changes.refusing(
        () -> {
          changes.quarantine().leaveBehind(all, "its generation is compromised", actor);
          return all;
        });
  }
}
