package org.latchkey.pbx.reference.internal.message;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code sip:} or {@code sips:} URI (RFC 3261 section 19.1), as far as routing needs it.
 *
 * @param secure whether it is {@code sips:}
 * @param user the user part as written; empty when there is none
 * @param host the host in lower case, IPv6 in brackets
 * @param port the port; 0 when none is given
 * @param parameters the URI parameters, names in lower case
 */
public record SipUri(
    boolean secure, String user, String host, int port, Map<String, String> parameters) {

  private static final Pattern FORM =
      Pattern.compile(
          "(sips?):(?:([^@]{0,255})@)?(\\[[0-9a-f:.]{2,45}\\]|[a-z0-9._-]{1,255})"
              + "(?::(\\d{1,5}))?(;[^?]*)?(?:\\?.*)?",
          Pattern.CASE_INSENSITIVE);

  /** Reads a URI; empty when it is no {@code sip:} or {@code sips:} URI. */
  public static Optional<SipUri> of(String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    int port = m.group(4) == null ? 0 : Integer.parseInt(m.group(4));
    if (port > 65_535) {
      return Optional.empty();
    }
    return Optional.of(
        new SipUri(
            m.group(1).equalsIgnoreCase("sips"),
            m.group(2) == null ? "" : m.group(2),
            m.group(3).toLowerCase(Locale.ROOT),
            port,
            Parameters.of(m.group(5) == null ? "" : m.group(5))));
  }

  /** The transport parameter in capitals; empty when there is none. */
  public String transport() {
    return parameters.getOrDefault("transport", "").toUpperCase(Locale.ROOT);
  }

  /** Whether two URIs name the same contact of a phone. */
  public boolean sameContact(SipUri other) {
    return secure == other.secure
        && port == other.port
        && user.equals(other.user)
        && host.equals(other.host)
        && transport().equals(other.transport());
  }
}
