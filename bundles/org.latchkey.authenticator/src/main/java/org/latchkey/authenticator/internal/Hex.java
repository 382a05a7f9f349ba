package org.latchkey.authenticator.internal;

import java.util.Arrays;

/** Hexadecimal digits. */
final class Hex {

  private static final byte[] VALUES = new byte[256];

  static {
    Arrays.fill(VALUES, (byte) -1);
    for (int value = 0; value < 16; value++) {
      VALUES[Character.forDigit(value, 16)] = (byte) value;
      VALUES[Character.toUpperCase(Character.forDigit(value, 16))] = (byte) value;
    }
  }

  private Hex() {}

  /** The value of a digit of either case, 0 to 15; -1 when it is none. */
  static int value(byte digit) {
    return VALUES[digit & 0xff];
  }
}
