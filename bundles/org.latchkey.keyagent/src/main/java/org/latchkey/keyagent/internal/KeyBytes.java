package org.latchkey.keyagent.internal;

import java.util.Arrays;
import java.util.Map;

/**
 * The bytes of master keys by generation, which are wiped at the end.
 *
 * @param keys owned by this
 */
record KeyBytes(Map<Integer, byte[]> keys) implements AutoCloseable {
  @Override
  public void close() {
    keys.values().forEach(key -> Arrays.fill(key, (byte) 0));
  }
}
