package org.latchkey.keyagent.internal;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.latchkey.keyscheme.Prf;

/**
 * The generations of the enterprise master key that are in the keystore; the highest one issues.
 */
final class MasterKeys implements AutoCloseable {

  private final NavigableMap<Integer, Prf> byGeneration;

  /** Takes ownership of the keys, at least one. */
  MasterKeys(NavigableMap<Integer, Prf> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("there is at least one generation");
    }
    byGeneration = Collections.unmodifiableNavigableMap(new TreeMap<>(keys));
  }

  int issuing() {
    return byGeneration.lastKey();
  }

  Set<Integer> generations() {
    return byGeneration.keySet();
  }

  Optional<Prf> generation(int number) {
    return Optional.ofNullable(byGeneration.get(number));
  }

  @Override
  public void close() {
    byGeneration.values().forEach(Prf::close);
  }
}
