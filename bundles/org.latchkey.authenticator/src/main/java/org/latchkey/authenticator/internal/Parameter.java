package org.latchkey.authenticator.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The parameters of digest credentials that count (RFC 7616 section 3.4); others are ignored. */
final class Parameter {

  // First of all: the constants below are made with it.
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Names are letters alone: this bit of each is all that tells their cases apart. */
  private static final long CASES = 0x2020202020202020L;

  static final Parameter USERNAME = new Parameter(0, "username", true);
  static final Parameter REALM = new Parameter(1, "realm", true);
  static final Parameter NONCE = new Parameter(2, "nonce", true);
  static final Parameter URI = new Parameter(3, "uri", true);
  static final Parameter RESPONSE = new Parameter(4, "response", true);
  static final Parameter CNONCE = new Parameter(5, "cnonce", true);
  static final Parameter NC = new Parameter(6, "nc", false);
  static final Parameter QOP = new Parameter(7, "qop", false);
  static final Parameter ALGORITHM = new Parameter(8, "algorithm", false);

  /** How many there are. */
  static final int COUNT = 9;

  private static final Parameter[] NONE = {};
  private static final Parameter[][] BY_NAME_LENGTH = {
    NONE,
    NONE,
    {NC},
    {URI, QOP},
    NONE,
    {REALM, NONCE},
    {CNONCE},
    NONE,
    {USERNAME, RESPONSE},
    {ALGORITHM}
  };

  private final int index;
  private final boolean quoted;
  private final long firstEight;
  private final long mask;

  private Parameter(int index, String lowerCaseName, boolean quoted) {
    this.index = index;
    this.quoted = quoted;
    int length = lowerCaseName.length();
    this.mask = length < Long.BYTES ? (1L << (Byte.SIZE * length)) - 1 : -1L;
    byte[] name = lowerCaseName.getBytes(StandardCharsets.US_ASCII);
    this.firstEight = eight(Arrays.copyOf(name, Long.BYTES), 0);
  }

  /** The parameter whose name these bytes are, compared without case; null for any other. */
  static @Nullable Parameter named(byte[] in, int start, int end) {
    int length = end - start;
    if (length >= BY_NAME_LENGTH.length) {
      return null;
    }
    long eight =
        start + Long.BYTES <= in.length
            ? eight(in, start)
            : eight(Arrays.copyOf(Arrays.copyOfRange(in, start, end), Long.BYTES), 0);
    for (Parameter parameter : BY_NAME_LENGTH[length]) {
      if (((eight | CASES) & parameter.mask) == parameter.firstEight) {
        return parameter != ALGORITHM || (in[end - 1] | 0x20) == 'm' ? parameter : null;
      }
    }
    return null;
  }

  /** Its place among all, from 0 to {@link #COUNT} - 1. */
  int index() {
    return index;
  }

  /** Whether it must be quoted. Of the others, {@code nc} must not be. */
  boolean quoted() {
    return quoted;
  }

  private static long eight(byte[] in, int start) {
    return (long) EIGHT.get(in, start);
  }
}
