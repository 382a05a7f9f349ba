package org.latchkey.authenticator.internal;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads one value of Authorization or Proxy-Authorization (RFC 3261 section 25.1, {@code
 * credentials}), to the letter: one header, one meaning. Never throws.
 */
final class DigestParser {

  private static final int MAX_BYTES = 8192;
  private static final int MAX_PARAMETERS = 32;
  private static final byte[] SCHEME = "digest".getBytes(StandardCharsets.US_ASCII);

  /** The bytes of a token. */
  private static final boolean[] TOKEN = new boolean[256];

  /** The bytes that stand for themselves between quotation marks: no control but the tabulator. */
  private static final boolean[] PLAIN = new boolean[256];

  static {
    String marks = "-.!%*_+`'~";
    for (int c = 0; c < 256; c++) {
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      TOKEN[c] = letter || (c >= '0' && c <= '9') || marks.indexOf(c) >= 0;
      PLAIN[c] = (c >= 0x20 || c == '\t') && c != '"' && c != '\\' && c != 0x7f;
    }
  }

  private final byte[] in;
  private final DigestCredentials credentials;
  private int @Nullable [] unknownNames;
  private int unknown;

  private DigestParser(byte[] in) {
    this.in = in;
    this.credentials = new DigestCredentials(in);
  }

  /** Whether the value speaks of digest credentials at all. */
  static boolean isDigest(String value) {
    byte[] in = value.getBytes(StandardCharsets.UTF_8);
    return isScheme(in, afterSpace(in, 0));
  }

  /** The credentials in a value, or null when it is not digest credentials, well-formed. */
  static @Nullable DigestCredentials parse(String value) {
    byte[] in = value.getBytes(StandardCharsets.UTF_8);
    return in.length > MAX_BYTES ? null : new DigestParser(in).read();
  }

  private @Nullable DigestCredentials read() {
    int scheme = afterSpace(in, 0);
    int schemeEnd = scheme + SCHEME.length;
    int i = isScheme(in, scheme) ? afterSpace(in, schemeEnd) : schemeEnd;
    if (i == schemeEnd) {
      return null;
    }
    for (int n = 0; n < MAX_PARAMETERS; n++) {
      i = afterParameter(i);
      if (i < 0) {
        return null;
      }
      i = afterSpace(in, i);
      if (i == in.length) {
        return credentials;
      }
      if (in[i] != ',') {
        return null;
      }
      i = afterSpace(in, i + 1);
    }
    return null;
  }

  /** Takes a parameter; the index after it, or -1 when there is none or it may not be so. */
  private int afterParameter(int nameStart) {
    int nameEnd = after(TOKEN, in, nameStart);
    int i = afterSpace(in, nameEnd);
    if (nameEnd == nameStart || i == in.length || in[i] != '=') {
      return -1;
    }
    i = afterSpace(in, i + 1);
    boolean quoted = i < in.length && in[i] == '"';
    int start = quoted ? i + 1 : i;
    int end = quoted ? endOfQuoted(in, start) : after(TOKEN, in, start);
    if (end < 0 || (!quoted && end == start)) {
      return -1;
    }
    Parameter known = Parameter.named(in, nameStart, nameEnd);
    boolean good =
        known == null
            ? firstOfItsName(nameStart, nameEnd)
            : (quoted ? known != Parameter.NC : !known.quoted())
                && credentials.put(known, start, end);
    int after = quoted ? end + 1 : end;
    return good ? after : -1;
  }

  private boolean firstOfItsName(int start, int end) {
    int[] names = unknownNames;
    if (names == null) {
      names = new int[2 * MAX_PARAMETERS];
      unknownNames = names;
    }
    for (int i = 0; i < unknown; i += 2) {
      if (sameName(in, names[i], names[i + 1], in, start, end)) {
        return false;
      }
    }
    names[unknown++] = start;
    names[unknown++] = end;
    return true;
  }

  private static boolean sameName(
      byte[] one, int start, int end, byte[] other, int otherStart, int otherEnd) {
    if (end - start != otherEnd - otherStart) {
      return false;
    }
    for (int i = 0; i < end - start; i++) {
      if (RequestUris.lowerCase(one[start + i]) != RequestUris.lowerCase(other[otherStart + i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isScheme(byte[] in, int start) {
    int end = after(TOKEN, in, start);
    return sameName(in, start, end, SCHEME, 0, SCHEME.length);
  }

  /** The index of the closing quotation mark, or -1 when it does not come. */
  private static int endOfQuoted(byte[] in, int start) {
    int i = after(PLAIN, in, start);
    while (i < in.length && in[i] == '\\') {
      if (i + 1 == in.length || in[i + 1] < 0x20) {
        return -1;
      }
      i = after(PLAIN, in, i + 2);
    }
    return i < in.length && in[i] == '"' ? i : -1;
  }

  /** The index after bytes of a kind, or {@code start} when there is none. */
  private static int after(boolean[] kind, byte[] in, int start) {
    int i = start;
    while (i < in.length && kind[in[i] & 0xff]) {
      i++;
    }
    return i;
  }

  /** The index after linear white space, folded lines included. */
  private static int afterSpace(byte[] in, int start) {
    int i = start;
    while (i < in.length && in[i] <= ' ') {
      if (isBlank(in[i])) {
        i++;
      } else if (i + 2 < in.length && in[i] == '\r' && in[i + 1] == '\n' && isBlank(in[i + 2])) {
        i += 3;
      } else {
        break;
      }
    }
    return i;
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || c == '\t';
  }
}
