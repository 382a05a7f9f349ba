package org.latchkey.phones.internal;

import java.util.Arrays;
import org.latchkey.key.Secret;

/** How the menus of a family take their password. */
enum MenuPassword {
  /** As derived: 26 letters and digits. */
  CHARACTERS,
  /** Nine digits, the first of them not zero, for menus that know no letters: about 30 bit. */
  DIGITS;

  /** The key scheme's, in which secrets are written. */
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

  private static final int CHARACTERS_USED = 12;
  private static final int BITS_PER_CHARACTER = 5;
  private static final long LEAST = 100_000_000;
  private static final long COUNT = 900_000_000;

  /**
   * The password in this form, the caller's to close. The asterisks of a preview stay asterisks.
   */
  Secret of(Secret derived) {
    byte[] characters = derived.copy();
    byte[] digits = {};
    try {
      if (this == CHARACTERS || characters[0] == '*') {
        return Secret.copyOf(characters);
      }
      digits = digits(characters);
      return Secret.copyOf(digits);
    } finally {
      Arrays.fill(characters, (byte) 0);
      Arrays.fill(digits, (byte) 0);
    }
  }

  /** From the first 60 bits, so that no number is noticeably likelier than another. */
  private static byte[] digits(byte[] base32) {
    long number = 0;
    for (int i = 0; i < Math.min(CHARACTERS_USED, base32.length); i++) {
      int value = ALPHABET.indexOf(base32[i]);
      number = (number << BITS_PER_CHARACTER) | (value & 31);
    }
    number = LEAST + number % COUNT;
    byte[] digits = new byte[9];
    for (int i = digits.length - 1; i >= 0; i--) {
      digits[i] = (byte) ('0' + number % 10);
      number /= 10;
    }
    return digits;
  }
}
