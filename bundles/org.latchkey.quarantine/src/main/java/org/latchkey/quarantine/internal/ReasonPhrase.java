package org.latchkey.quarantine.internal;

import java.util.Optional;

/**
 * The reason phrase of a refused call (RFC 3261 section 25.1, {@code Reason-Phrase}): whatever the
 * administrator wrote, made into one line that can't end the status line or begin a header.
 */
final class ReasonPhrase {

  private static final String PLACEHOLDER = "{helpDesk}";
  private static final String FALLBACK = "Forbidden";
  private static final int MAX_CHARACTERS = 100;

  /** {@code reserved} and {@code mark} of RFC 3261. */
  private static final String MARKS = ";/?:@&=+$,-_.!~*'()";

  private ReasonPhrase() {}

  /** The phrase of a template; {@code Forbidden} when the template needs a number that is none. */
  static String of(String template, Optional<String> helpDesk) {
    if (template.contains(PLACEHOLDER) && helpDesk.isEmpty()) {
      return FALLBACK;
    }
    StringBuilder phrase = new StringBuilder();
    for (int c : template.replace(PLACEHOLDER, helpDesk.orElse("")).codePoints().toArray()) {
      boolean gap = phrase.length() == 0 || phrase.charAt(phrase.length() - 1) == ' ';
      if (isAllowed(c)) {
        phrase.appendCodePoint(c);
      } else if (!gap) {
        phrase.append(' ');
      }
      if (phrase.length() >= MAX_CHARACTERS) {
        break;
      }
    }
    String text = phrase.toString().stripTrailing();
    return text.isEmpty() ? FALLBACK : text;
  }

  private static boolean isAllowed(int c) {
    return c < 0x80 ? Character.isLetterOrDigit(c) || MARKS.indexOf(c) >= 0 : isVisible(c);
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
