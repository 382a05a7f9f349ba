package org.latchkey.pbx.reference.internal.message;

import java.util.List;

/** How long the body says it is (RFC 3261 section 20.14). */
public final class ContentLength {

  /** There is no Content-Length. */
  public static final int NONE = -1;

  /** It can't be read, or there are several that differ. */
  public static final int WRONG = -2;

  private ContentLength() {}

  /** The length in bytes, {@link #NONE} or {@link #WRONG}. */
  public static int of(SipMessage message) {
    List<String> values = message.headers("Content-Length");
    if (values.isEmpty()) {
      return NONE;
    }
    String value = values.get(0);
    boolean same = values.stream().allMatch(value::equals);
    boolean number = !value.isEmpty() && value.length() <= 7 && isDigits(value);
    return same && number ? Integer.parseInt(value) : WRONG;
  }

  private static boolean isDigits(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
