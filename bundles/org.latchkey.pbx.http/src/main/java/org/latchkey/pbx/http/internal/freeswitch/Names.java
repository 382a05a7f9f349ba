package org.latchkey.pbx.http.internal.freeswitch;

import java.util.Optional;
import java.util.regex.Pattern;
import org.latchkey.key.Aor;

/**
 * What may go into an answer. FreeSWITCH expands <code>${…}</code> and <code>$${…}</code> in what
 * it reads, and splits at spaces and commas, whatever the XML says; so only names of plain
 * characters do.
 */
final class Names {

  private static final Pattern KEY = Pattern.compile("k[0-9a-z]{31}|j[0-9a-z]{19}");
  private static final Pattern USER = Pattern.compile("[0-9A-Za-z+*._~-]{1,64}");
  private static final Pattern DIALLED = Pattern.compile("[0-9A-Za-z+*#._-]{1,64}");

  private Names() {}

  /** Whether a user name has the form of a key identifier. */
  static boolean isKeyIdentifier(String text) {
    return KEY.matcher(text).matches();
  }

  /** Whether it is something that a phone may dial here. */
  static boolean isDialled(String text) {
    return DIALLED.matcher(text).matches();
  }

  /**
   * An AOR as FreeSWITCH has it: the user part of the URI as it stands in its tables.
   *
   * @return empty when it is none, has other characters, or is not in its canonical form
   */
  static Optional<Aor> aor(String user, String host) {
    if (!USER.matcher(user).matches()) {
      return Optional.empty();
    }
    try {
      Aor aor = Aor.ofUri("sip:" + user + "@" + host, "");
      return aor.user().equals(user) ? Optional.of(aor) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
