package org.latchkey.pbx.reference.internal.message;

import java.nio.charset.StandardCharsets;

/**
 * Header text is kept one character per byte, so that it is forwarded unchanged. What our own
 * services say or hear is text proper; SIP writes it in UTF-8 (RFC 3261 section 25.1).
 */
public final class Text {

  private Text() {}

  /** Header text as our services read it. */
  public static String read(String wire) {
    return plain(wire)
        ? wire
        : new String(wire.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** A service's text as it stands in a header; line breaks and other controls become spaces. */
  public static String write(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(line::appendCodePoint);
    String clean = line.toString();
    return plain(clean)
        ? clean
        : new String(clean.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static boolean plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
