package org.latchkey.pbx.reference.internal.message;

import java.util.List;

/** Comma-separated lists of header values. */
final class Lists {

  private Lists() {}

  /** Adds the parts of a list, split at commas outside of quotes and angle brackets. */
  static void split(String text, List<String> into) {
    boolean quoted = false;
    boolean angled = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == '<') {
        angled = true;
      } else if (c == '>') {
        angled = false;
      } else if (c == ',' && !angled) {
        into.add(text.substring(start, i).trim());
        start = i + 1;
      }
    }
    into.add(text.substring(start).trim());
  }
}
