package org.latchkey.authenticator.internal;

import java.nio.charset.StandardCharsets;

/**
 * A realm and its bytes as they are hashed: UTF-8. Immutable; {@code bytes} are not to be written.
 */
final class Realm {

  private static final int MAX_BYTES = 255;

  private final String name;
  private final byte[] bytes;

  Realm(String name) {
    this.name = name;
    this.bytes = name.getBytes(StandardCharsets.UTF_8);
  }

  String name() {
    return name;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Whether it reads the same to every phone: no quotation mark, backslash or control. */
  boolean isUsable() {
    for (byte b : bytes) {
      if ((b >= 0 && b < 0x20) || b == 0x7f || b == '"' || b == '\\') {
        return false;
      }
    }
    return bytes.length > 0 && bytes.length <= MAX_BYTES;
  }
}
