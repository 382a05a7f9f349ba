package org.latchkey.https.internal.connection;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The target of a request (RFC 9112 §3.2): origin form or absolute form.
 *
 * @param path percent-decoded once, without empty or dot segments, with its slash at the end kept
 * @param query the raw query, empty when there is none
 */
record RequestTarget(String path, String query) {

  /** Without the path, which may hold a login, and without the query. */
  @Override
  public String toString() {
    return "RequestTarget[…]";
  }

  /**
   * Reads a target. Empty for whatever is no honest path: a segment {@code ..}, an encoded slash or
   * backslash, a control character, broken percent-encoding or UTF-8, a fragment.
   */
  static Optional<RequestTarget> parse(String target) {
    String origin = withoutAuthority(target);
    if (!origin.startsWith("/") || origin.indexOf('#') >= 0) {
      return Optional.empty();
    }
    int mark = origin.indexOf('?');
    String rawPath = mark < 0 ? origin : origin.substring(0, mark);
    String query = mark < 0 ? "" : origin.substring(mark + 1);
    return normalise(rawPath).map(path -> new RequestTarget(path, query));
  }

  private static String withoutAuthority(String target) {
    String lower = target.regionMatches(true, 0, "https://", 0, 8) ? target.substring(8) : "";
    if (lower.isEmpty()) {
      return target;
    }
    int slash = lower.indexOf('/');
    return slash < 0 ? "/" : lower.substring(slash);
  }

  private static Optional<String> normalise(String rawPath) {
    List<String> segments = new ArrayList<>();
    boolean folder = false;
    for (String raw : rawPath.split("/", -1)) {
      Optional<String> segment = decode(raw);
      if (segment.isEmpty() || segment.get().equals("..")) {
        return Optional.empty();
      }
      folder = segment.get().isEmpty() || segment.get().equals(".");
      if (!folder) {
        segments.add(segment.get());
      }
    }
    String path = "/" + String.join("/", segments);
    return Optional.of(folder && !segments.isEmpty() ? path + '/' : path);
  }

  private static Optional<String> decode(String raw) {
    ByteBuffer bytes = ByteBuffer.allocate(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      int value = raw.charAt(i);
      if (value == '%') {
        value = i + 2 < raw.length() ? hex(raw.charAt(i + 1)) << 4 | hex(raw.charAt(i + 2)) : -1;
        i += 2;
        if (value == '/') {
          return Optional.empty();
        }
      } else if (value > '~') {
        return Optional.empty();
      }
      if (value < ' ' || value == 0x7f || value == '\\') {
        return Optional.empty();
      }
      bytes.put((byte) value);
    }
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** The value of a hexadecimal digit; for any other character a number that makes it negative. */
  private static int hex(char digit) {
    return digit < 0x80 ? Character.digit(digit, 16) : -1;
  }
}
