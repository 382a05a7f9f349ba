package org.latchkey.keyscheme;

import java.util.Arrays;

/**
 * Crockford's base32 in lower case, 5 bits a character, most significant first, without padding,
 * upper case and look-alikes: one text for one value.
 */
public final class Base32 {

  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int[] VALUES = new int[128];

  static {
    Arrays.fill(VALUES, -1);
    for (int i = 0; i < ALPHABET.length(); i++) {
      VALUES[ALPHABET.charAt(i)] = i;
    }
  }

  private Base32() {}

  /** The value of a character, 0 to 31, or -1 when it is none of the alphabet. */
  public static int value(int c) {
    return c < VALUES.length ? VALUES[c] : -1;
  }

  /** The first {@code characters} times 5 bits of {@code bytes}, in ASCII. */
  public static byte[] encode(byte[] bytes, int characters) {
    byte[] text = new byte[characters];
    for (int i = 0; i < characters; i++) {
      int bit = i * 5;
      int at = bit / 8;
      int pair = ((bytes[at] & 0xff) << 8) | (at + 1 < bytes.length ? bytes[at + 1] & 0xff : 0);
      text[i] = (byte) ALPHABET.charAt((pair >>> (11 - bit % 8)) & 0x1f);
    }
    return text;
  }

  /** The bits of a text of the alphabet, zero-padded at the end to a whole byte. */
  static byte[] decode(CharSequence text) {
    byte[] bytes = new byte[(text.length() * 5 + 7) / 8];
    int bits = 0;
    int held = 0;
    int at = 0;
    for (int i = 0; i < text.length(); i++) {
      held = (held << 5) | value(text.charAt(i));
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[at++] = (byte) (held >>> bits);
      }
    }
    if (bits > 0) {
      bytes[at] = (byte) (held << (8 - bits));
    }
    return bytes;
  }
}
