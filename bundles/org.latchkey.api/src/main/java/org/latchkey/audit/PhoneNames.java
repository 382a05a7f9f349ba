package org.latchkey.audit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names a phone goes by, and how a person may spell them. The audit log and the phone journal
 * both look a phone up with this, so that the same word finds the same phone in both.
 */
public final class PhoneNames {

  private static final Pattern MAC =
      Pattern.compile(
          "\\p{XDigit}{2}([:-]?\\p{XDigit}{2}){5}|\\p{XDigit}{4}\\.\\p{XDigit}{4}\\.\\p{XDigit}{4}");

  private static final Pattern IPV6 = Pattern.compile("[\\p{XDigit}:.]*:[\\p{XDigit}:.]*(%\\w+)?");

  private PhoneNames() {}

  /**
   * Every name that an entry or event mentions: the key identifier, the AOR and its user part, the
   * device identifier, the network address.
   *
   * @return without the empty ones
   */
  public static Set<String> of(String keyIdentifier, String aor, String device, String source) {
    Set<String> names = new LinkedHashSet<>();
    names.add(keyIdentifier);
    int at = aor.lastIndexOf('@');
    names.add(at < 0 ? aor : aor.substring(0, at) + aor.substring(at).toLowerCase(Locale.ROOT));
    names.add(at < 0 ? aor : aor.substring(0, at));
    names.add(device);
    names.add(address(source));
    names.remove("");
    return names;
  }

  /**
   * The names that a person may have meant: an extension keeps its case; the domain of an AOR and a
   * key identifier are in lower case; a MAC address loses its separators; an IPv6 address takes its
   * long form.
   *
   * @param typed an extension, AOR, device identifier, key identifier or network address
   * @return never empty; any of them names the phone
   */
  public static Set<String> meantBy(String typed) {
    String word = typed.strip();
    Set<String> names = new LinkedHashSet<>();
    int at = word.lastIndexOf('@');
    if (at >= 0) {
      names.add(word.substring(0, at) + word.substring(at).toLowerCase(Locale.ROOT));
      return names;
    }
    names.add(word);
    names.add(word.toLowerCase(Locale.ROOT));
    if (MAC.matcher(word).matches()) {
      names.add(word.replaceAll("[:.-]", "").toLowerCase(Locale.ROOT));
    }
    names.add(address(word));
    return names;
  }

  /** An IPv6 address in the one form that Java gives it; anything else as it is. */
  private static String address(String text) {
    if (!IPV6.matcher(text).matches()) {
      return text;
    }
    try {
      // A text with a colon is never looked up in the DNS.
      return InetAddress.getByName(text).getHostAddress();
    } catch (UnknownHostException e) {
      return text;
    }
  }
}
