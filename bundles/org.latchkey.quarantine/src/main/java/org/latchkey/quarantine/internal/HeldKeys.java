package org.latchkey.quarantine.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.admission.Hold;

/** All holds at one moment. Immutable, so that a call is decided without a lock. */
final class HeldKeys {

  private final Map<String, List<Hold>> byKey;

  private HeldKeys(Map<String, List<Hold>> byKey) {
    this.byKey = byKey;
  }

  /** These holds; of two of the same key and kind the later one counts. */
  static HeldKeys of(Collection<Hold> holds) {
    Map<String, List<Hold>> byKey = new HashMap<>();
    for (Hold hold : holds) {
      byKey.merge(hold.keyIdentifier(), List.of(hold), (old, added) -> replaced(old, hold));
    }
    return new HeldKeys(Map.copyOf(byKey));
  }

  /** The holds of a key: none, or one of each kind. */
  List<Hold> of(String keyIdentifier) {
    return byKey.getOrDefault(keyIdentifier, List.of());
  }

  /** The hold of this key and kind. */
  Optional<Hold> of(String keyIdentifier, Hold.Kind kind) {
    return of(keyIdentifier).stream().filter(hold -> hold.kind() == kind).findFirst();
  }

  /** All holds, newest first. */
  List<Hold> all() {
    return byKey.values().stream()
        .flatMap(List::stream)
        .sorted(
            Comparator.comparing(Hold::at)
                .reversed()
                .thenComparing(Hold::keyIdentifier)
                .thenComparing(Hold::kind))
        .toList();
  }

  /** How many holds there are of a kind. */
  long count(Hold.Kind kind) {
    return byKey.values().stream().flatMap(List::stream).filter(h -> h.kind() == kind).count();
  }

  /** These holds and more, which replace those of the same keys and kinds. */
  HeldKeys with(List<Hold> more) {
    List<Hold> holds = new ArrayList<>(all());
    holds.addAll(more);
    return of(holds);
  }

  /** These holds without those of these keys and this kind. */
  HeldKeys without(Collection<String> keyIdentifiers, Hold.Kind kind) {
    Set<String> ended = Set.copyOf(keyIdentifiers);
    return of(
        all().stream()
            .filter(hold -> !ended.contains(hold.keyIdentifier()) || hold.kind() != kind)
            .toList());
  }

  private static List<Hold> replaced(List<Hold> holds, Hold hold) {
    List<Hold> now = new ArrayList<>(holds);
    now.removeIf(old -> old.kind() == hold.kind());
    now.add(hold);
    return List.copyOf(now);
  }
}
