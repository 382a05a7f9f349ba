package org.latchkey.quarantine.internal;

import org.latchkey.key.Aor;

/**
 * What was dialled, as others may read it. A short code with as many digits as a PIN has may hold
 * one, be it meant for a code of this PBX, mistyped or dialled at a PBX that has none: it is shown
 * by its beginning alone.
 */
final class ShownDestination {

  private static final int DIGITS_OF_A_PIN = 8;
  private static final int SHOWN = 3;
  private static final String SCHEME = "(?i)^(?:sips?|tel):";

  private ShownDestination() {}

  /** A destination as received, in one line. */
  static String of(String destination) {
    String dialled = dialled(destination);
    if (!mayHoldPin(dialled)) {
      return OneLine.of(destination);
    }
    boolean code = isSign(dialled.charAt(0));
    return code ? OneLine.of(dialled.substring(0, SHOWN)) + '…' : "a code";
  }

  /** All that stands before the host, be it a URI that anybody knows or not. */
  private static String dialled(String destination) {
    int at = destination.lastIndexOf('@');
    String user = (at < 0 ? destination : destination.substring(0, at)).replaceFirst(SCHEME, "");
    try {
      return Aor.percentDecoded(user);
    } catch (IllegalArgumentException e) {
      return user;
    }
  }

  private static boolean mayHoldPin(String dialled) {
    return dialled.chars().anyMatch(ShownDestination::isSign)
        && dialled.chars().filter(Character::isDigit).count() >= DIGITS_OF_A_PIN;
  }

  /** A percent sign is left where an escape could not be read. */
  private static boolean isSign(int c) {
    return c == '*' || c == '#' || c == '%';
  }
}
