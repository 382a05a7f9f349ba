package org.latchkey.pbx.reference.internal.message;

import java.util.Map;
import java.util.Optional;

/**
 * A value of From, To, Contact or Route (RFC 3261 section 20.10): an address with parameters.
 *
 * @param uri the URI, without angle brackets
 * @param parameters the parameters of the header, names in lower case
 */
public record NameAddr(String uri, Map<String, String> parameters) {

  /** Reads a value; empty when it is none. */
  public static Optional<NameAddr> of(String value) {
    int open = openingBracket(value);
    if (open < 0) {
      return addrSpec(value);
    }
    int close = value.indexOf('>', open);
    if (close < 0) {
      return Optional.empty();
    }
    String tail = value.substring(close + 1).trim();
    if (!tail.isEmpty() && tail.charAt(0) != ';') {
      return Optional.empty();
    }
    return address(value.substring(open + 1, close).trim(), tail);
  }

  /** The value of a parameter; empty text when it is missing. */
  public String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  private static Optional<NameAddr> addrSpec(String value) {
    int semicolon = value.indexOf(';');
    String uri = (semicolon < 0 ? value : value.substring(0, semicolon)).trim();
    return address(uri, semicolon < 0 ? "" : value.substring(semicolon));
  }

  private static Optional<NameAddr> address(String uri, String parameters) {
    boolean plain = uri.indexOf(':') > 0 && uri.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (!plain || uri.indexOf('<') >= 0 || uri.indexOf('"') >= 0) {
      return Optional.empty();
    }
    return Optional.of(new NameAddr(uri, Parameters.of(parameters)));
  }

  /** Where the bracket of the URI opens: after the display name, which may be quoted. */
  private static int openingBracket(String value) {
    if (!value.startsWith("\"")) {
      return value.indexOf('<');
    }
    for (int i = 1; i < value.length(); i++) {
      if (value.charAt(i) == '\\') {
        i++;
      } else if (value.charAt(i) == '"') {
        return value.indexOf('<', i);
      }
    }
    return value.indexOf('<');
  }
}
