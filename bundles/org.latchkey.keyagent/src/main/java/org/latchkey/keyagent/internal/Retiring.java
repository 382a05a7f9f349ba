package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.latchkey.key.Generation;
import org.latchkey.key.Generation.State;
import org.latchkey.key.Generations.Left;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.pbx.Registration;

/**
 * How a generation ends. Who is left on it the store knows, and PBXs do: after a restore there are
 * phones that the store has never heard of.
 */
final class Retiring {

  private final Custody custody;
  private final KeyPlace place;
  private final GenerationChecks checks;
  private final Changes changes;
  private final Neighbours neighbours;
  private final Revocations revocations;
  private final FirstRegistrations registrations;

  Retiring(Parts parts, Changes changes) {
    this.changes = changes;
    custody = parts.custody();
    place = parts.place();
    checks = parts.checks();
    neighbours = parts.neighbours();
    revocations = parts.revocations();
    registrations = parts.registrations();
  }

  /** Who would be left: keys of the store, newest first, then what PBXs know beside them. */
  List<Left> left(int generation, LiveKeys live) {
    List<KeyRecord> keys = changes.store().keys();
    List<Left> left = new ArrayList<>();
    for (KeyRecord key : new Movement(keys, registrations).left(generation)) {
      left.add(new Left(key.keyIdentifier(), key.aor(), true, key.replacedBy().isPresent()));
    }
    for (Registration one : unknown(generation, keys, live)) {
      left.add(new Left(one.keyIdentifier(), one.aor(), false, false));
    }
    return left;
  }

  private List<Registration> unknown(int generation, List<KeyRecord> keys, LiveKeys live) {
    Set<String> known = keys.stream().map(KeyRecord::keyIdentifier).collect(Collectors.toSet());
    return live.of(generation, known).stream()
        .filter(one -> !revocations.contains(one.keyIdentifier()))
        .toList();
  }

  List<Left> retire(int number, boolean cutOff, String actor) {
    KeyRecords store = changes.store();
    Generation generation = generation(store, number);
    boolean again = generation.state() == State.RETIRED;
    if (generation.state() != State.VERIFY_ONLY && !again && !neverIssues(generation, cutOff)) {
      throw new RequestRefusedException(
          "Nothing was retired: generation %d is %s, and only one that is verify-only can be retired.%s"
              .formatted(
                  number,
                  generation.state(),
                  generation.state() == State.ISSUING ? " Type latchkey:rotate first." : ""));
    }
    Changes.refusing(custody::keys);
    registrations.flush();
    List<Left> left = left(number, LiveKeys.at(neighbours.pbxs()));
    changes.evidence(
        actor,
        cutOff ? "generation.cut-off" : "generation.retired",
        "Generation %d, phones left: %d".formatted(number, left.size()));
    if (!cutOff) {
      List<String> names = left.stream().map(Left::keyIdentifier).toList();
      Changes.refusing(
          () -> {
            changes.quarantine().leaveBehind(names, "its generation is retired", actor);
            return names;
          });
    }
    end(store, generation, cutOff, left, actor);
    return left;
  }

  private void end(
      KeyRecords store, Generation generation, boolean cutOff, List<Left> left, String actor) {
    int number = generation.number();
    Set<String> replaced =
        store.revokeReplaced(number, changes.now(), actor, "replaced by its next key");
    store.advance(
        untilRetired(generation).stream().map(step -> cutOff ? step.asCutOff() : step).toList());
    Set<String> ended = new HashSet<>(replaced);
    Changes.refusing(
        () -> {
          revocations.add(custody.keys(), replaced);
          return replaced;
        });
    custody.look();
    if (cutOff) {
      ended.addAll(identifiers(store, number, left));
    }
    changes.drop(ended);
  }

  /** One that was prepared, and is cut off or lost: it has no keys, and never will. */
  private boolean neverIssues(Generation generation, boolean cutOff) {
    return generation.state() == State.DISTRIBUTED
        && (generation.cutOff()
            || (cutOff && !custody.generations().contains(generation.number())));
  }

  /** Its steps, the last one retired: one that never issues takes those between in one go. */
  private List<Generation> untilRetired(Generation generation) {
    List<State> states =
        switch (generation.state()) {
          case RETIRED -> List.of();
          case DISTRIBUTED -> List.of(State.ISSUING, State.VERIFY_ONLY, State.RETIRED);
          default -> List.of(State.RETIRED);
        };
    List<Generation> steps = new ArrayList<>(List.of(generation));
    for (State state : states) {
      steps.add(steps.get(steps.size() - 1).advanced(state, changes.now()));
    }
    return steps.subList(Math.min(1, states.size()), steps.size());
  }

  void destroy(int number, boolean force, String actor) {
    KeyRecords store = changes.store();
    Generation generation = generation(store, number);
    if (generation.state() == State.DESTROYED) {
      wipedNow(number, actor);
      return;
    }
    if (generation.state() != State.RETIRED) {
      throw new RequestRefusedException(
          "Nothing was destroyed: generation %d is %s, and only a retired one can be destroyed. Type latchkey:retire %d first."
              .formatted(number, generation.state(), number));
    }
    changes.requireWell("Nothing was destroyed");
    LiveKeys live = LiveKeys.at(neighbours.pbxs());
    List<Left> left = left(number, live);
    if (!force) {
      requireNobody(number, left, live);
    }
    changes.evidence(
        actor,
        "generation.destroyed",
        "Generation %d, phones left: %d".formatted(number, left.size()));
    store.advance(List.of(generation.advanced(State.DESTROYED, changes.now())));
    custody.look();
    Set<String> all = identifiers(store, number, left);
    changes.drop(all);
    neighbours.quarantine().ifPresent(quarantine -> quarantine.forgetLeftBehind(all, actor));
    custody.look();
    requireWiped(number);
  }

  private static void requireNobody(int number, List<Left> left, LiveKeys live) {
    if (!left.isEmpty()) {
      throw new RequestRefusedException(
          "Nothing was destroyed: phones left on generation %2$d: %1$d. latchkey:retire %2$d names them; --force destroys it all the same, and each of them has to be enrolled anew."
              .formatted(left.size(), number));
    }
    if (!live.silent().isEmpty()) {
      throw new RequestRefusedException(
          "Nothing was destroyed: The PBX %s does not say who is registered, and phones of generation %d may be. Try again when it answers; --force destroys it all the same."
              .formatted(String.join(", ", live.silent()), number));
    }
  }

  /** Again, what the first time could not be removed. */
  private void wipedNow(int number, String actor) {
    if (!checks.unwiped().containsKey(number)) {
      throw new RequestRefusedException(
          "Nothing was destroyed: generation %d is destroyed already.".formatted(number));
    }
    changes.evidence(actor, "generation.destroyed", "Generation %d, again".formatted(number));
    custody.alone(
        () ->
            Changes.refusing(
                () -> {
                  wipe(number);
                  return number;
                }));
    custody.look();
    requireWiped(number);
  }

  private void wipe(int number) {
    try {
      checks.wipe(place.inForce(), number);
    } catch (IOException e) {
      throw new UnavailableException("The master keys are away: " + e.getMessage());
    }
  }

  private void requireWiped(int number) {
    String fault = checks.unwiped().get(number);
    if (fault != null) {
      throw new RequestRefusedException(
          "Generation %1$d is destroyed, and authenticates no more, but %2$s. Put that right, and type latchkey:retire %1$d --destroy again; the next start tries it too."
              .formatted(number, fault));
    }
  }

  private static Set<String> identifiers(KeyRecords store, int generation, List<Left> left) {
    Set<String> all = left.stream().map(Left::keyIdentifier).collect(Collectors.toSet());
    store.keys().stream()
        .filter(key -> key.generation() == generation)
        .map(KeyRecord::keyIdentifier)
        .forEach(all::add);
    return all;
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
}
