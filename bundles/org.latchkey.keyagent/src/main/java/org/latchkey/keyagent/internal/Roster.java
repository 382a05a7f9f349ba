package org.latchkey.keyagent.internal;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.latchkey.key.Generation;
import org.latchkey.key.Generation.State;

/**
 * Which generation is in which state. Immutable.
 *
 * @param states by number
 * @param cutOff those that authenticate no more, though they are not destroyed
 * @param compromised those of which somebody else may have the subkeys
 */
record Roster(Map<Integer, State> states, Set<Integer> cutOff, Set<Integer> compromised) {

  static final Roster NONE = new Roster(Map.of(), Set.of(), Set.of());

  private static final String CUT_OFF = "cut-off";
  private static final String COMPROMISED = "compromised";

  Roster {
    states = Map.copyOf(states);
    cutOff = Set.copyOf(cutOff);
    compromised = Set.copyOf(compromised);
  }

  /** As the store has it. */
  static Roster of(Collection<Generation> generations) {
    return new Roster(
        generations.stream().collect(Collectors.toMap(Generation::number, Generation::state)),
        numbers(generations, Generation::cutOff),
        numbers(generations, Generation::compromised));
  }

  private static Set<Integer> numbers(
      Collection<Generation> generations, Predicate<Generation> which) {
    return generations.stream().filter(which).map(Generation::number).collect(Collectors.toSet());
  }

  /** The generation that issues. */
  Optional<Integer> issuing() {
    return states.entrySet().stream()
        .filter(entry -> entry.getValue() == State.ISSUING)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Whether keys of a generation authenticate. */
  boolean verifies(int generation) {
    State state = states.get(generation);
    return state != null
        && state != State.CREATED
        && state != State.DESTROYED
        && !cutOff.contains(generation);
  }

  /** Whether the master key of a generation is to be wiped. */
  boolean isDestroyed(int generation) {
    return states.get(generation) == State.DESTROYED;
  }

  /** Those that verify, in order. */
  Set<Integer> verifying() {
    return states.keySet().stream()
        .filter(this::verifies)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Those that verify though somebody else may have their subkeys, in order. */
  Set<Integer> verifyingCompromised() {
    Set<Integer> numbers = verifying();
    numbers.retainAll(compromised);
    return numbers;
  }

  /** As one line: {@code 1=RETIRED,cut-off,compromised 2=ISSUING}. */
  String text() {
    return new TreeMap<>(states)
        .entrySet().stream()
            .map(e -> word(e.getKey(), e.getValue()))
            .collect(Collectors.joining(" "));
  }

  private String word(int number, State state) {
    return number
        + "="
        + state
        + (cutOff.contains(number) ? ',' + CUT_OFF : "")
        + (compromised.contains(number) ? ',' + COMPROMISED : "");
  }

  /**
   * Reads such a line.
   *
   * @throws IllegalArgumentException when it is not one
   */
  static Roster parse(String text) {
    Map<Integer, State> states = new TreeMap<>();
    Set<Integer> cutOff = new TreeSet<>();
    Set<Integer> compromised = new TreeSet<>();
    for (String word : text.isEmpty() ? List.<String>of() : List.of(text.split(" ", -1))) {
      int equals = word.indexOf('=');
      int number = Integer.parseInt(word.substring(0, Math.max(0, equals)));
      List<String> parts = List.of(word.substring(equals + 1).split(",", -1));
      states.put(number, State.valueOf(parts.get(0)));
      if (parts.contains(CUT_OFF)) {
        cutOff.add(number);
      }
      if (parts.contains(COMPROMISED)) {
        compromised.add(number);
      }
    }
    return new Roster(states, cutOff, compromised);
  }
}
