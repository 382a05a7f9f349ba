package org.latchkey.authenticator.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One set of digest credentials as it stood in the header, well-formed but not checked. Values are
 * what stands between the quotation marks, escapes included: that is what the phone hashed (RFC
 * 7616 section 3.4, {@code unq}).
 */
final class DigestCredentials {

  private final byte[] header;
  private final int[] from = new int[Parameter.COUNT];
  private final int[] to = new int[Parameter.COUNT];
  private byte @Nullable [] response;

  /** No parameters yet, of a header's bytes. */
  DigestCredentials(byte[] header) {
    this.header = header;
    Arrays.fill(from, -1);
  }

  /** Notes where a value stands; false when that parameter was there before. */
  boolean put(Parameter parameter, int start, int end) {
    boolean first = from[parameter.index()] < 0;
    from[parameter.index()] = start;
    to[parameter.index()] = end;
    return first;
  }

  /** Whether the parameter is there and not empty. */
  boolean has(Parameter parameter) {
    return from[parameter.index()] >= 0 && length(parameter) > 0;
  }

  /** The length of the value in bytes; 0 when it is not there. */
  int length(Parameter parameter) {
    return to[parameter.index()] - Math.max(0, from[parameter.index()]);
  }

  /** One byte of the value. */
  byte at(Parameter parameter, int index) {
    return header[from[parameter.index()] + index];
  }

  /** A copy of the value; empty when it is not there. */
  byte[] bytes(Parameter parameter) {
    int start = Math.max(0, from[parameter.index()]);
    return Arrays.copyOfRange(header, start, to[parameter.index()]);
  }

  /** Copies the value into {@code target} and returns the index after it. */
  int copy(Parameter parameter, byte[] target, int at) {
    int length = length(parameter);
    System.arraycopy(header, Math.max(0, from[parameter.index()]), target, at, length);
    return at + length;
  }

  /** The bytes that the response stands for; null when it is not pairs of hexadecimal digits. */
  byte @Nullable [] response() {
    if (response == null && length(Parameter.RESPONSE) % 2 == 0) {
      response = hexValue(Parameter.RESPONSE);
    }
    return response;
  }

  private byte @Nullable [] hexValue(Parameter parameter) {
    int start = from[parameter.index()];
    byte[] bytes = new byte[length(parameter) / 2];
    int all = 0;
    for (int i = 0; i < bytes.length; i++) {
      int pair = Hex.value(header[start + 2 * i]) << 4 | Hex.value(header[start + 2 * i + 1]);
      all |= pair;
      bytes[i] = (byte) pair;
    }
    return all < 0 ? null : bytes;
  }

  /** The value as text; empty when it is not there. */
  String text(Parameter parameter) {
    int start = Math.max(0, from[parameter.index()]);
    return new String(header, start, length(parameter), StandardCharsets.UTF_8);
  }

  /** Whether the value is these bytes, once its escapes are resolved (RFC 3261 section 25.1). */
  boolean means(Parameter parameter, byte[] expected) {
    int compared = 0;
    int end = to[parameter.index()];
    for (int i = Math.max(0, from[parameter.index()]); i < end; i++) {
      if (header[i] == '\\') {
        i++;
      }
      if (compared == expected.length || header[i] != expected[compared]) {
        return false;
      }
      compared++;
    }
    return compared == expected.length;
  }
}
