package org.latchkey.keyscheme;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Key derivation in counter mode with HMAC-SHA-256 and one block of output (NIST SP 800-108r1
 * section 4.1): r = 32, L = 256.
 */
public final class Kdf {

  private static final int MAX_FIELD_BYTES = 255;

  private Kdf() {}

  /**
   * {@code HMAC(key, 00000001 ‖ label ‖ 00 ‖ context ‖ 00000100)}.
   *
   * @param label ASCII
   * @param context fields that can be told apart, see {@link Context}
   * @return 32 bytes, the caller's to wipe
   */
  public static byte[] derive(Prf key, String label, byte[] context) {
    return derive(key, label, context, context.length);
  }

  /** The same of what was added to a context. */
  static byte[] derive(Prf key, String label, Context context) {
    return derive(key, label, context.bytes, context.length);
  }

  @SuppressWarnings("deprecation") // Takes the low byte of each character: the label is ASCII.
  private static byte[] derive(Prf key, String label, byte[] context, int contextLength) {
    int labelLength = label.length();
    byte[] message = new byte[4 + labelLength + 1 + contextLength + 4];
    message[3] = 1;
    label.getBytes(0, labelLength, message, 4);
    System.arraycopy(context, 0, message, 5 + labelLength, contextLength);
    message[message.length - 2] = 1;
    return key.mac(message);
  }

  /** Builds a context of length-prefixed fields: no two different field lists give equal bytes. */
  public static final class Context {
    private byte[] bytes = new byte[64];
    private int length;

    /**
     * Adds one length byte and the field.
     *
     * @throws IllegalArgumentException when it has more than 255 bytes
     */
    public Context field(byte[] field) {
      return field(field, field.length);
    }

    /** The same of the first bytes of {@code field}. */
    Context field(byte[] field, int fieldLength) {
      if (fieldLength > MAX_FIELD_BYTES) {
        throw new IllegalArgumentException("a field of a key's context has at most 255 bytes");
      }
      octet(fieldLength);
      ensure(fieldLength);
      System.arraycopy(field, 0, bytes, length, fieldLength);
      length += fieldLength;
      return this;
    }

    /** Adds a field of the text's UTF-8 bytes. */
    public Context field(String text) {
      return field(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Adds one byte without a length, for a field of fixed size.
     *
     * @throws IllegalArgumentException outside 0 to 255
     */
    public Context octet(int value) {
      if (value < 0 || value > 255) {
        throw new IllegalArgumentException("not one byte of a key's context: 0 to 255");
      }
      ensure(1);
      bytes[length++] = (byte) value;
      return this;
    }

    /**
     * Adds a number in four bytes, the most significant first, without a length.
     *
     * @throws IllegalArgumentException when it is negative
     */
    public Context number(int value) {
      if (value < 0) {
        throw new IllegalArgumentException("a number of a key's context is not negative");
      }
      return octet(value >>> 24)
          .octet((value >>> 16) & 0xff)
          .octet((value >>> 8) & 0xff)
          .octet(value & 0xff);
    }

    /** A copy of what was added. */
    public byte[] toBytes() {
      return Arrays.copyOf(bytes, length);
    }

    private void ensure(int more) {
      if (length + more > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
      }
    }
  }
}
