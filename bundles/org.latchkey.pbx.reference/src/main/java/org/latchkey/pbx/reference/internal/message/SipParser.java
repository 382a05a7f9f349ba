package org.latchkey.pbx.reference.internal.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads one message from its bytes (RFC 3261 section 7). Never throws: what is no SIP is empty, and
 * what could be read in two ways says so in {@link SipMessage#fault()}.
 */
public final class SipParser {

  /** The most header fields one message may have. */
  static final int MAX_FIELDS = 256;

  /** The most lines that one header field may be continued on. */
  static final int MAX_FOLDS = 32;

  private static final int MAX_METHOD = 32;

  private SipParser() {}

  /**
   * Reads a datagram, or a frame cut from a stream.
   *
   * @param mostHead how many bytes the header may have, the empty line not counted
   */
  public static Optional<SipMessage> parse(byte[] bytes, int mostHead) {
    int start = 0;
    while (start + 1 < bytes.length && bytes[start] == '\r' && bytes[start + 1] == '\n') {
      start += 2;
    }
    int end = headEnd(bytes, start);
    int headLength = (end < 0 ? bytes.length : end) - start;
    String head = new String(bytes, start, headLength, StandardCharsets.ISO_8859_1);
    int lineEnd = head.indexOf("\r\n");
    Optional<SipMessage.Editor> first = startLine(lineEnd < 0 ? head : head.substring(0, lineEnd));
    if (first.isEmpty()) {
      return Optional.empty();
    }
    SipMessage.Editor editor = first.get();
    if (headLength > mostHead) {
      editor.fault("the header is too long");
    }
    if (lineEnd >= 0 && !fields(head, lineEnd + 2, editor)) {
      // Another Content-Length may stand in what was not read: which one holds is not known.
      editor.remove("Content-Length");
    }
    if (end < 0) {
      editor.fault("the header is cut short");
      return Optional.of(editor.build());
    }
    byte[] body = Arrays.copyOfRange(bytes, end + 4, bytes.length);
    return Optional.of(withBody(editor, body));
  }

  /** Where the empty line begins that ends the header; -1 when there is none. */
  static int headEnd(byte[] bytes, int from) {
    for (int i = from; i + 3 < bytes.length; i++) {
      if (bytes[i] == '\r'
          && bytes[i + 1] == '\n'
          && bytes[i + 2] == '\r'
          && bytes[i + 3] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static Optional<SipMessage.Editor> startLine(String line) {
    int first = line.indexOf(' ');
    int last = line.lastIndexOf(' ');
    if (first <= 0) {
      return Optional.empty();
    }
    if (line.startsWith("SIP/2.0 ")) {
      return statusLine(line);
    }
    String method = line.substring(0, first);
    String version = line.substring(last + 1);
    if (last == first || method.length() > MAX_METHOD || !version.startsWith("SIP/")) {
      return Optional.empty();
    }
    if (!method.chars().allMatch(SipParser::isToken)) {
      return Optional.empty();
    }
    String uri = line.substring(first + 1, last);
    SipMessage.Editor editor = SipMessage.request(method, uri);
    if (!version.equals("SIP/2.0")) {
      editor.fault("the version is not SIP/2.0");
    } else if (uri.isEmpty() || !uri.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '<')) {
      editor.fault("the Request-URI is not one");
    }
    return Optional.of(editor);
  }

  private static Optional<SipMessage.Editor> statusLine(String line) {
    String code = line.length() < 11 ? "" : line.substring(8, 11);
    boolean right =
        code.matches("[1-6][0-9]{2}")
            && (line.length() == 11 || line.charAt(11) == ' ')
            && !hasControls(line);
    return right
        ? Optional.of(
            SipMessage.response(
                Integer.parseInt(code), line.length() > 12 ? line.substring(12) : ""))
        : Optional.empty();
  }

  /** Reads the header fields; false when some could not be read. */
  private static boolean fields(String head, int from, SipMessage.Editor editor) {
    int at = from;
    int count = 0;
    boolean all = true;
    while (at < head.length()) {
      int end = lineEnd(head, at);
      StringBuilder line = new StringBuilder().append(head, at, end);
      at = end + 2;
      int folds = 0;
      while (at < head.length() && isBlank(head.charAt(at))) {
        if (++folds > MAX_FOLDS) {
          editor.fault("a header field is folded too often");
          return false;
        }
        int foldEnd = lineEnd(head, at);
        line.append(' ').append(trimmed(head, at, foldEnd));
        at = foldEnd + 2;
      }
      if (++count > MAX_FIELDS) {
        editor.fault("there are too many header fields");
        return false;
      }
      all &= field(line.toString(), editor);
    }
    return all;
  }

  private static int lineEnd(String head, int at) {
    int end = head.indexOf("\r\n", at);
    return end < 0 ? head.length() : end;
  }

  private static boolean field(String line, SipMessage.Editor editor) {
    int colon = line.indexOf(':');
    String name = colon < 0 ? "" : trimmed(line, 0, colon);
    if (name.isEmpty() || !name.chars().allMatch(SipParser::isToken)) {
      editor.fault("a header field has no name");
      return false;
    }
    String value = trimmed(line, colon + 1, line.length());
    if (hasControls(value)) {
      editor.fault("a header field has control characters");
      return false;
    }
    editor.add(FieldNames.full(name), value);
    return true;
  }

  private static SipMessage withBody(SipMessage.Editor editor, byte[] body) {
    SipMessage bare = editor.build();
    int length = ContentLength.of(bare);
    if (length == ContentLength.NONE) {
      return editor.body(body).build();
    }
    if (length < 0 || length > body.length) {
      return editor.fault("Content-Length does not fit").build();
    }
    return editor.body(length == body.length ? body : Arrays.copyOf(body, length)).build();
  }

  /** A part of a text without blanks around it; control characters are no blanks. */
  private static String trimmed(String text, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** Who takes a lone CR or LF for a line's end reads what is behind it as another line. */
  private static boolean hasControls(String text) {
    return text.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static boolean isToken(int c) {
    boolean alphanumeric =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return alphanumeric || "-.!%*_+`'~".indexOf(c) >= 0;
  }
}
