package org.latchkey.shell.internal;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latchkey.key.RequestRefusedException;

/** How long something shall be open, as people write it: {@code 30m}, {@code 2h}. */
public final class WindowLength {

  private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,4})(m|min|h)");

  private WindowLength() {}

  /**
   * Reads one.
   *
   * @throws RequestRefusedException when it is none
   */
  public static Duration of(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      throw new RequestRefusedException(
          "Nothing was opened: --for wants minutes or hours, such as 30m or 2h.");
    }
    long number = Long.parseLong(written.group(1));
    return written.group(2).equals("h") ? Duration.ofHours(number) : Duration.ofMinutes(number);
  }
}
