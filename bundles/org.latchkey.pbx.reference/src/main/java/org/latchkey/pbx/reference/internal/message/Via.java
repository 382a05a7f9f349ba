package org.latchkey.pbx.reference.internal.message;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One value of Via (RFC 3261 section 20.42).
 *
 * @param transport UDP, TCP, TLS …
 * @param sentBy host and port as the sender wrote them
 * @param parameters its parameters, names in lower case
 */
public record Via(String transport, String sentBy, Map<String, String> parameters) {

  private static final Pattern FORM =
      Pattern.compile(
          "SIP\\s*/\\s*2\\.0\\s*/\\s*([A-Za-z0-9-]{1,16})\\s+([^;\\s]{1,300}(?:\\s*:\\s*\\d{1,5})?)"
              + "\\s*(;.*)?",
          Pattern.CASE_INSENSITIVE);

  /** Reads one value; empty when it is none. */
  public static Optional<Via> of(String value) {
    Matcher matcher = FORM.matcher(value);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String parameters = matcher.group(3);
    return Optional.of(
        new Via(
            matcher.group(1),
            matcher.group(2).replaceAll("\\s", ""),
            Parameters.of(parameters == null ? "" : parameters)));
  }

  /** The branch; empty when there is none. */
  public String branch() {
    return parameters.getOrDefault("branch", "");
  }

  /** The value with where the request really came from (RFC 3581 section 4). */
  public Via receivedFrom(InetSocketAddress source) {
    Map<String, String> stamped = new LinkedHashMap<>(parameters);
    stamped.put("received", source.getAddress().getHostAddress());
    if (parameters.containsKey("rport")) {
      stamped.put("rport", Integer.toString(source.getPort()));
    }
    return new Via(transport, sentBy, stamped);
  }

  /** The value as text. */
  public String text() {
    return "SIP/2.0/" + transport + ' ' + sentBy + Parameters.text(parameters);
  }
}
