package org.latchkey.keyagent.internal;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one form of a device identifier, which enters derivations: a MAC address in any usual
 * spelling becomes twelve lower-case hexadecimal digits; anything else, such as a serial number or
 * an extension, keeps its characters.
 */
final class DeviceIdentifier {

  private static final Pattern MAC =
      Pattern.compile(
          "\\p{XDigit}{2}([:. -]?)\\p{XDigit}{2}(?:\\1\\p{XDigit}{2}){4}"
              + "|\\p{XDigit}{4}([:.-])\\p{XDigit}{4}\\2\\p{XDigit}{4}"
              + "|\\p{XDigit}{6}[:.-]\\p{XDigit}{6}");

  private static final Pattern OTHER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/+@-]{0,63}");
  private static final Pattern PLUS = Pattern.compile("\\+[0-9]{1,63}");

  /** What one is, for whoever gave none. */
  static final String EXPECTED =
      "a MAC address, or 1 to 64 letters, digits and . _ : / + @ - beginning with a letter or digit";

  private DeviceIdentifier() {}

  /** The canonical form; empty when the text is no device identifier. */
  static Optional<String> canonical(String text) {
    String word = text.strip();
    if (MAC.matcher(word).matches()) {
      return Optional.of(word.replaceAll("[^0-9A-Fa-f]", "").toLowerCase(Locale.ROOT));
    }
    boolean other = OTHER.matcher(word).matches() || PLUS.matcher(word).matches();
    return other ? Optional.of(word) : Optional.empty();
  }

  /** The canonical form of a MAC address; empty for any other text. */
  static Optional<String> mac(String text) {
    return MAC.matcher(text.strip()).matches() ? canonical(text) : Optional.empty();
  }
}
