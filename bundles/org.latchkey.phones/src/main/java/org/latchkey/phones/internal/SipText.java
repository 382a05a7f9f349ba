package org.latchkey.phones.internal;

import java.util.Optional;
import org.latchkey.key.Aor;

/** Text as a phone's configuration can hold it. */
final class SipText {

  private static final int NAME_CHARACTERS = 64;

  private SipText() {}

  /**
   * A {@code name-addr} (RFC 3261 section 25.1): the name, if there is one, in quotes, and the URI
   * in angle brackets.
   */
  static String nameAddress(Optional<String> displayName, Aor aor) {
    String name = displayName.map(SipText::shortened).orElse("");
    String uri = '<' + aor.toUri() + '>';
    return name.isEmpty()
        ? uri
        : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\" " + uri;
  }

  /**
   * The text in one line, and with XML 1.0 characters only (section 2.2): liblinphone copies what
   * it reads into a file of lines, where a line break would begin another entry.
   */
  static String oneLine(String text) {
    return text.codePoints()
        .map(c -> isPlain(c) ? c : ' ')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** A name in one line, cut to what a display can show. */
  static String shortened(String name) {
    return oneLine(name)
        .codePoints()
        .limit(NAME_CHARACTERS)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .strip();
  }

  /** Whether a character is neither control, format, line break nor half of a pair. */
  static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
