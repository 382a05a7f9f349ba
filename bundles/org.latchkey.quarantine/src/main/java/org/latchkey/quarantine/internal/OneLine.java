package org.latchkey.quarantine.internal;

/** Untrusted text made fit for a log line or an audit entry. */
final class OneLine {

  private static final int MAX_CHARACTERS = 128;

  private OneLine() {}

  /** The text without control characters and line breaks, at most 128 characters of it. */
  static String of(String text) {
    return text.codePoints()
        .limit(MAX_CHARACTERS)
        .map(c -> isPlain(c) ? c : '?')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
