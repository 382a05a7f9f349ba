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
  private static final boolean[] TOKEN = new boolean[128];

  static {
    String marks = "-.!%*_+`'~";
    for (int c = 0; c < TOKEN.length; c++) {
      TOKEN[c] =
          (c >= '0' && c <= '9')
              || (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || marks.indexOf(c) >= 0;
    }
  }

  private final byte[] in;
  private final DigestCredentials credentials;
  private final int[] unknownFrom = new int[MAX_PARAMETERS];
  private final int[] unknownTo = new int[MAX_PARAMETERS];
  private int unknown;
  private int at;

  private DigestParser(byte[] in) {
    this.in = in;
    this.credentials = new DigestCredentials(in);
  }

  /** Whether the value speaks of digest credentials at all. */
  static boolean isDigest(String value) {
    DigestParser parser = new DigestParser(bytes(value));
    parser.skipSpace();
    return parser.takeScheme();
  }

  /** The credentials in a value, or null when it is not digest credentials, well-formed. */
  static @Nullable DigestCredentials parse(String value) {
    byte[] in = bytes(value);
    return in.length > MAX_BYTES ? null : new DigestParser(in).read();
  }

  private static byte[] bytes(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  private @Nullable DigestCredentials read() {
    skipSpace();
    if (!takeScheme() || !skipSpace()) {
      return null;
    }
    for (int n = 0; n < MAX_PARAMETERS; n++) {
      if (!takeParameter()) {
        return null;
      }
      skipSpace();
      if (at == in.length) {
        return credentials;
      }
      if (in[at++] != ',') {
        return null;
      }
      skipSpace();
    }
    return null;
  }

  private boolean takeScheme() {
    int start = at;
    skipToken();
    return sameName(in, start, at, SCHEME, 0, SCHEME.length);
  }

  private boolean takeParameter() {
    int nameStart = at;
    skipToken();
    int nameEnd = at;
    skipSpace();
    if (nameEnd == nameStart || at == in.length || in[at++] != '=') {
      return false;
    }
    skipSpace();
    boolean quoted = at < in.length && in[at] == '"';
    int start = quoted ? at + 1 : at;
    if (quoted ? !skipQuoted() : !skipToken()) {
      return false;
    }
    int end = quoted ? at - 1 : at;
    Parameter known = known(nameStart, nameEnd);
    if (known == null) {
      return firstOfItsName(nameStart, nameEnd);
    }
    boolean mayBeSo = quoted ? known != Parameter.NC : !known.quoted();
    return mayBeSo && credentials.put(known, start, end);
  }

  private @Nullable Parameter known(int start, int end) {
    for (int i = 0; i < Parameter.COUNT; i++) {
      if (Parameter.at(i).isNamed(in, start, end)) {
        return Parameter.at(i);
      }
    }
    return null;
  }

  private boolean firstOfItsName(int start, int end) {
    for (int i = 0; i < unknown; i++) {
      if (sameName(in, unknownFrom[i], unknownTo[i], in, start, end)) {
        return false;
      }
    }
    unknownFrom[unknown] = start;
    unknownTo[unknown++] = end;
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

  /** Skips a token; false when there is none. */
  private boolean skipToken() {
    int start = at;
    while (at < in.length && in[at] >= 0 && TOKEN[in[at]]) {
      at++;
    }
    return at > start;
  }

  /** Skips a quoted string; false when it does not end or has characters it may not have. */
  private boolean skipQuoted() {
    for (at++; at < in.length; at++) {
      byte c = in[at];
      if (c == '"') {
        at++;
        return true;
      }
      if (c == '\\') {
        at++;
        if (at == in.length || in[at] < 0x20) {
          return false;
        }
      } else if ((c >= 0 && c < 0x20 && c != '\t') || c == 0x7f) {
        return false;
      }
    }
    return false;
  }

  /** Skips linear white space, folded lines included; false when there is none. */
  private boolean skipSpace() {
    int start = at;
    while (at < in.length) {
      if (isBlank(at)) {
        at++;
      } else if (at + 2 < in.length && in[at] == '\r' && in[at + 1] == '\n' && isBlank(at + 2)) {
        at += 3;
      } else {
        break;
      }
    }
    return at > start;
  }

  private boolean isBlank(int index) {
    return in[index] == ' ' || in[index] == '\t';
  }
}
