package org.latchkey.pbx.reference.internal.message;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The {@code ;name=value} parameters of a header value or URI. */
final class Parameters {

  private Parameters() {}

  /** Reads parameters from a text that is empty or begins with a semicolon; names in lower case. */
  static Map<String, String> of(String text) {
    Map<String, String> found = new LinkedHashMap<>(8);
    int start = text.indexOf(';') + 1;
    while (start > 0) {
      int end = end(text, start);
      String parameter = text.substring(start, end);
      int equals = parameter.indexOf('=');
      String name = (equals < 0 ? parameter : parameter.substring(0, equals)).trim();
      String value = equals < 0 ? "" : parameter.substring(equals + 1).trim();
      if (!name.isEmpty()) {
        found.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
      }
      start = end < text.length() ? end + 1 : 0;
    }
    return found;
  }

  private static int end(String text, int start) {
    boolean quoted = false;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ';' && !quoted) {
        return i;
      }
    }
    return text.length();
  }

  /** The parameters as text, each with its semicolon. */
  static String text(Map<String, String> parameters) {
    StringBuilder text = new StringBuilder();
    parameters.forEach(
        (name, value) -> {
          text.append(';').append(name);
          if (!value.isEmpty()) {
            text.append('=').append(value);
          }
        });
    return text.toString();
  }
}
