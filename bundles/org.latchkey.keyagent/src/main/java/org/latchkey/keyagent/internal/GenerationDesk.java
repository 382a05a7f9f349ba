package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.latchkey.admission.Quarantine;
import org.latchkey.audit.AuditEntry;
import org.latchkey.custody.KeyCustody;
import org.latchkey.key.Generation;
import org.latchkey.key.Generation.State;
import org.latchkey.key.Generations;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.keyscheme.KeyIdentifier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What administrators do with generations. One thing at a time; each step is evidence first, then
 * keystore, store and memory, so that a rotation that was cut off goes on where it stopped.
 */
@Component(immediate = true)
public final class GenerationDesk implements Generations {

  private final Custody custody;
  private final KeyPlace place;
  private final GenerationChecks checks;
  private final Changes changes;
  private final Neighbours neighbours;
  private final Revocations revocations;
  private final FirstRegistrations registrations;
  private final CheckSyncs checkSyncs;

  /** The service. */
  @Activate
  public GenerationDesk(@Reference Agent agent) {
    this(agent.parts());
  }

  GenerationDesk(Parts parts) {
    custody = parts.custody();
    place = parts.place();
    checks = parts.checks();
    changes = new Changes(parts.custody(), parts.revocations(), parts.neighbours(), parts.clock());
    neighbours = parts.neighbours();
    revocations = parts.revocations();
    registrations = parts.registrations();
    checkSyncs = parts.checkSyncs();
  }

  @Override
  public Overview overview() {
    KeyRecords store = changes.store();
    return new Movement(store.keys(), registrations).overview(store.generations(), changes.now());
  }

  @Override
  public List<KeyRecord> left(int generation) {
    return new Movement(changes.store().keys(), registrations).left(generation);
  }

  @Override
  public synchronized Generation rotate(Rotation how, String actor) {
    KeyRecords store = changes.store();
    requireWell();
    if (how == Rotation.COMPROMISED) {
      quarantine();
    }
    Generation next = begun(store).orElseGet(() -> made(store, actor));
    if (next.state() == State.CREATED) {
      next = distributed(store, next, actor);
    }
    if (how == Rotation.PREPARE) {
      return next;
    }
    if (how == Rotation.COMPROMISED) {
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

  private void requireWell() {
    custody.look();
    custody
        .standing()
        .issuing()
        .ifPresent(
            fault -> {
              throw new RequestRefusedException(
                  "Nothing was rotated: " + fault + ". Look at latchkey:status.");
            });
  }

  private static Optional<Generation> begun(KeyRecords store) {
    return store.generations().stream()
        .filter(g -> g.state() == State.CREATED || g.state() == State.DISTRIBUTED)
        .reduce((one, other) -> other);
  }

  private Generation made(KeyRecords store, String actor) {
    int number = store.generations().stream().mapToInt(g -> g.number() + 1).max().orElse(0);
    if (number > KeyIdentifier.MAX_GENERATION) {
      throw new RequestRefusedException(
          "Nothing was rotated: the last number of a generation, 1023, is used.");
    }
    audit(actor, "generation.created", "Generation " + number);
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
    audit(actor, "generation.distributed", "Generation " + next.number());
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
      boolean issued = old.state() == State.ISSUING;
      Generation now = issued ? old.advanced(State.VERIFY_ONLY, changes.now()) : old;
      if (compromised && old.number() != next.number() && old.verifies()) {
        now = now.asCompromised();
      }
      if (!now.equals(old)) {
        changed.add(now);
      }
    }
    Generation issuing = next.advanced(State.ISSUING, changes.now());
    changed.add(issuing);
    audit(
        actor,
        compromised ? "generation.compromised" : "generation.issuing",
        "Generation %d issues".formatted(next.number()));
    store.advance(changed);
    custody.look();
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
          quarantine().leaveBehind(all, "its generation is compromised", actor);
          return all;
        });
  }

  @Override
  public synchronized List<KeyRecord> retire(int number, boolean cutOff, String actor) {
    KeyRecords store = changes.store();
    Generation generation = generation(store, number);
    boolean again = generation.state() == State.RETIRED;
    if (generation.state() != State.VERIFY_ONLY && !again) {
      throw new RequestRefusedException(
          "Nothing was retired: generation %d is %s, and only one that is verify-only can be retired.%s"
              .formatted(
                  number,
                  generation.state(),
                  generation.state() == State.ISSUING ? " Type latchkey:rotate first." : ""));
    }
    Changes.refusing(custody::keys);
    registrations.flush();
    List<KeyRecord> left = left(number);
    audit(
        actor,
        cutOff ? "generation.cut-off" : "generation.retired",
        "Generation %d, phones left: %d".formatted(number, left.size()));
    if (!cutOff) {
      List<String> names = left.stream().map(KeyRecord::keyIdentifier).toList();
      Changes.refusing(
          () -> {
            quarantine().leaveBehind(names, "its generation is retired", actor);
            return names;
          });
    }
    end(store, generation, cutOff, actor);
    return left;
  }

  private void end(KeyRecords store, Generation generation, boolean cutOff, String actor) {
    int number = generation.number();
    Set<String> replaced =
        store.revokeReplaced(number, changes.now(), actor, "replaced by its next key");
    Generation retired =
        generation.state() == State.RETIRED
            ? generation
            : generation.advanced(State.RETIRED, changes.now());
    store.advance(List.of(cutOff ? retired.asCutOff() : retired));
    Set<String> ended = new HashSet<>(replaced);
    Changes.refusing(
        () -> {
          revocations.add(custody.keys(), replaced);
          return replaced;
        });
    custody.look();
    if (cutOff) {
      ended.addAll(identifiers(store, number));
    }
    changes.drop(ended);
  }

  @Override
  public synchronized void destroy(int number, boolean force, String actor) {
    KeyRecords store = changes.store();
    Generation generation = generation(store, number);
    if (generation.state() != State.RETIRED) {
      throw new RequestRefusedException(
          "Nothing was destroyed: generation %d is %s, and only a retired one can be destroyed. Type latchkey:retire %d first."
              .formatted(number, generation.state(), number));
    }
    requireWell();
    int left = left(number).size();
    if (left > 0 && !force) {
      throw new RequestRefusedException(
          "Nothing was destroyed: phones left on generation %2$d: %1$d. latchkey:generations counts them; --force destroys it all the same, and each of them has to be enrolled anew."
              .formatted(left, number));
    }
    audit(actor, "generation.destroyed", "Generation %d, phones left: %d".formatted(number, left));
    store.advance(List.of(generation.advanced(State.DESTROYED, changes.now())));
    custody.look();
    Set<String> all = identifiers(store, number);
    changes.drop(all);
    neighbours.quarantine().ifPresent(quarantine -> quarantine.forgetLeftBehind(all, actor));
    custody.look();
  }

  private static Set<String> identifiers(KeyRecords store, int generation) {
    return store.keys().stream()
        .filter(key -> key.generation() == generation)
        .map(KeyRecord::keyIdentifier)
        .collect(Collectors.toSet());
  }

  private static Generation generation(KeyRecords store, int number) {
    Collection<Generation> all = store.generations();
    return all.stream()
        .filter(g -> g.number() == number)
        .findFirst()
        .orElseThrow(
            () ->
                new RequestRefusedException(
                    "There is no generation %d; latchkey:generations lists them."
                        .formatted(number)));
  }

  private Quarantine quarantine() {
    return neighbours
        .quarantine()
        .orElseThrow(
            () ->
                new RequestRefusedException(
                    "Nothing was changed: the quarantine is away, and phones that are left have to be"
                        + " held. Try again when latchkey:status shows it."));
  }

  private void audit(String actor, String action, String detail) {
    changes.evidence(List.of(new AuditEntry(changes.now(), actor, action, "", "", "", "", detail)));
  }
}
