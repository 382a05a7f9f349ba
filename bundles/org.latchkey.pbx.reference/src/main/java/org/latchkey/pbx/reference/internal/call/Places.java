package org.latchkey.pbx.reference.internal.call;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many calls each of several callers has, so that none of them has all. On the SIP thread.
 *
 * @param <K> what a caller is known by
 */
final class Places<K> {

  private final Map<K, Integer> taken = new HashMap<>();
  private int total;

  /**
   * Takes a place.
   *
   * @return what gives it back, however often it is run; empty when there is no place
   */
  Optional<Runnable> enter(K who, int mostOfOne, int most) {
    if (total >= most || taken.getOrDefault(who, 0) >= mostOfOne) {
      return Optional.empty();
    }
    total++;
    taken.merge(who, 1, Integer::sum);
    boolean[] left = {false};
    return Optional.of(
        () -> {
          if (!left[0]) {
            left[0] = true;
            total--;
            taken.computeIfPresent(who, (w, count) -> count > 1 ? count - 1 : null);
          }
        });
  }

  /** How many places are taken. */
  int total() {
    return total;
  }
}
