package org.latchkey.keyscheme;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Crockford's base32 in lower case, 5 bits a character, most significant first, without padding,
 * upper case and look-alikes: one text for one value.
 */
public final class Base32 {

  private static final byte[] ALPHABET =
      "0123456789abcdefghjkmnpqrstvwxyz".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] VALUES = new byte[256];

  static {
    Arrays.fill(VALUES, (byte) -1);
    for (int i = 0; i < ALPHABET.length; i++) {
      VALUES[ALPHABET[i]] = (byte) i;
    }
  }

  private Base32() {}

  /** The value of a character, 0 to 31, or -1 when it is none of the alphabet. */
  public static int value(int c) {
    return c >= 0 && c < VALUES.length ? VALUES[c] : -1;
  }

  /** Whether all are characters of the alphabet. */
  static boolean isText(byte[] text) {
    int all = 0;
    for (byte c : text) {
      all |= VALUES[c & 0xff];
    }
    return all >= 0;
  }

  /** The first {@code characters} times 5 bits of {@code bytes}, in ASCII. */
  public static byte[] encode(byte[] bytes, int characters) {
    byte[] text = new byte[characters];
    int held = 0;
    int bits = 0;
    int at = 0;
    for (int i = 0; i < characters; i++) {
      if (bits < 5) {
        held = (held << 8) | (bytes[at++] & 0xff);
        bits += 8;
      }
      bits -= 5;
      text[i] = ALPHABET[(held >>> bits) & 0x1f];
    }
    return text;
  }

  /** The bits of a text of the alphabet alone, zero-padded at the end to a whole byte. */
  public static byte[] decode(byte[] text) {
    byte[] bytes = new byte[(text.length * 5 + 7) / 8];
    int bits = 0;
    int held = 0;
    int at = 0;
    for (byte c : text) {
      held = (held << 5) | VALUES[c & 0xff];
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
