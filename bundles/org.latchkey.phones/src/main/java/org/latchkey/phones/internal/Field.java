package org.latchkey.phones.internal;

import java.util.Arrays;
import org.latchkey.key.Secret;

/**
 * The place of one value in a file. It escapes whatever has a meaning in its format, so that
 * neither a profile's author nor a name that somebody typed can leave it.
 */
@FunctionalInterface
interface Field {

  /** Writes one character, or what stands for it. */
  void put(int codePoint);

  /** Writes text. */
  default void text(String text) {
    text.codePoints().forEach(this::put);
  }

  /** Writes text that people chose; a format may be stricter with it. */
  default void name(String name) {
    text(name);
  }

  /** Writes a secret, which is ASCII and stays the caller's. */
  default void secret(Secret secret) {
    byte[] characters = secret.copy();
    try {
      for (byte character : characters) {
        put(character & 0x7f);
      }
    } finally {
      Arrays.fill(characters, (byte) 0);
    }
  }
}
