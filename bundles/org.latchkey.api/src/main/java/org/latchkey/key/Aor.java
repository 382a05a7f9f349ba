package org.latchkey.key;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An address of record (RFC 3261 section 6) as keys are derived for it: user and domain.
 *
 * <p>The PBX resolves its aliases first. The user is percent-decoded, without password and
 * parameters, its case and a leading {@code +} kept; of a {@code tel:} URI the number without
 * visual separators (RFC 3966 section 5.1.1). The domain is in lower case, without port.
 *
 * @param user 1 to 255 bytes in UTF-8, no control characters
 * @param domain 1 to 255 ASCII characters, lower case: a host name, an IPv4 address, or an IPv6
 *     address in brackets
 */
public record Aor(String user, String domain) {

  private static final int MAX_BYTES = 255;
  private static final String UNASSIGNED = "unassigned-";

  /** The two forms of a key identifier. */
  private static final Pattern KEY_IDENTIFIER =
      Pattern.compile("k[0-9a-hjkmnp-tv-z]{31}|j[0-9a-hjkmnp-tv-z]{19}");

  /**
   * Checks both parts.
   *
   * @throws IllegalArgumentException when a part is empty, too long, or has characters it may not
   *     have
   */
  public Aor {
    int length = user.getBytes(StandardCharsets.UTF_8).length;
    if (length == 0 || length > MAX_BYTES || !user.codePoints().allMatch(Aor::isPrintable)) {
      throw new IllegalArgumentException("not the user part of an AOR: 1 to 255 bytes, printable");
    }
    if (domain.isEmpty() || domain.length() > MAX_BYTES || !isHost(domain)) {
      throw new IllegalArgumentException("not the domain of an AOR: a host name or IP address");
    }
    domain = domain.toLowerCase(Locale.ROOT);
  }

  /**
   * The AOR of a {@code sip:}, {@code sips:} or {@code tel:} URI, without angle brackets.
   *
   * @param uri the URI as it stood in To or From
   * @param telDomain the domain that a {@code tel:} URI belongs to
   * @throws IllegalArgumentException when it is none of these, or has no user
   */
  public static Aor ofUri(String uri, String telDomain) {
    String user = userOf(uri);
    return uri.regionMatches(true, 0, "tel:", 0, 4)
        ? new Aor(user, telDomain)
        : new Aor(user, host(beforeAny(uri.substring(uri.indexOf('@') + 1), ";?")));
  }

  /**
   * The user of a {@code sip:} or {@code sips:} URI, or the number of a {@code tel:} URI, as {@link
   * #user()} has it. What stands behind the {@code @} is not looked at.
   *
   * @throws IllegalArgumentException when it is none of these, or has no user
   */
  public static String userOf(String uri) {
    int colon = uri.indexOf(':');
    String scheme = colon < 0 ? "" : uri.substring(0, colon).toLowerCase(Locale.ROOT);
    String rest = uri.substring(colon + 1);
    if (scheme.equals("tel")) {
      return percentDecoded(beforeAny(rest, ";?")).replaceAll("[-.()]", "");
    }
    if (!scheme.equals("sip") && !scheme.equals("sips")) {
      throw new IllegalArgumentException("not a sip:, sips: or tel: URI");
    }
    int at = rest.indexOf('@');
    if (at < 0) {
      throw new IllegalArgumentException("the URI has no user part");
    }
    return percentDecoded(beforeAny(rest.substring(0, at), ":;"));
  }

  /** The AOR of a device that nobody gave an extension yet, by which nobody calls it. */
  public static Aor unassigned(String device, String domain) {
    return new Aor(UNASSIGNED + device, domain);
  }

  /** Whether it is one that {@link #unassigned} makes. */
  public boolean isUnassigned() {
    return user.startsWith(UNASSIGNED);
  }

  /**
   * The one name of a device that has none apart for proving itself: the user, a hyphen and the key
   * identifier. It is the user part of the device's URIs and the username of its digests.
   */
  public String joinedWith(String keyIdentifier) {
    return user + '-' + keyIdentifier;
  }

  /**
   * The AOR that a device means by its {@linkplain #joinedWith one name}; any other AOR is itself.
   * A PBX that serves such devices resolves it like an alias, before it asks anybody anything. That
   * the key named there is good is still to be proved.
   */
  public Aor withoutKeyIdentifier() {
    int at = user.lastIndexOf('-');
    return at > 0 && KEY_IDENTIFIER.matcher(user.substring(at + 1)).matches()
        ? new Aor(user.substring(0, at), domain)
        : this;
  }

  /** The {@code sip:} URI of this AOR (RFC 3261 section 19.1.1), which {@link #ofUri} reads. */
  public String toUri() {
    StringBuilder uri = new StringBuilder("sip:");
    for (byte b : user.getBytes(StandardCharsets.UTF_8)) {
      if (isPlainInUser(b)) {
        uri.append((char) b);
      } else {
        uri.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return uri.append('@').append(domain).toString();
  }

  /** User and domain, as a person writes them: {@code 1001@example.org}. */
  @Override
  public String toString() {
    return user + '@' + domain;
  }

  private static String host(String hostPort) {
    int end = hostPort.startsWith("[") ? hostPort.indexOf(']') + 1 : hostPort.indexOf(':');
    String host = end < 0 ? hostPort : hostPort.substring(0, end);
    String port = hostPort.substring(host.length());
    if (!port.isEmpty() && !port.matches(":[0-9]{1,5}")) {
      throw new IllegalArgumentException("what follows the host is no port");
    }
    return host;
  }

  private static String beforeAny(String text, String stops) {
    for (int i = 0; i < text.length(); i++) {
      if (stops.indexOf(text.charAt(i)) >= 0) {
        return text.substring(0, i);
      }
    }
    return text;
  }

  /**
   * Decodes the {@code %xx} of a URI's user part (RFC 3261 section 19.1.2).
   *
   * @throws IllegalArgumentException when an escape is cut short, is not hexadecimal, or the bytes
   *     are not UTF-8
   */
  public static String percentDecoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(in.length);
    for (int i = 0; i < in.length; i++) {
      if (in[i] != '%') {
        out.put(in[i]);
        continue;
      }
      int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
      int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw new IllegalArgumentException("a percent escape is not two hexadecimal digits");
      }
      out.put((byte) (high << 4 | low));
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("percent-encoded bytes are not UTF-8", e);
    }
  }

  /** No control character, no line break, no half of a surrogate pair. */
  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }

  /** The {@code unreserved} and those of {@code user-unreserved} that nothing else cuts at. */
  private static boolean isPlainInUser(byte b) {
    return isLetterOrDigit(b) || "-_.!~*'()&=+$,/".indexOf(b) >= 0;
  }

  private static boolean isHost(String domain) {
    return domain.startsWith("[")
        ? domain.length() > 2
            && domain.endsWith("]")
            && domain.chars().skip(1).limit(domain.length() - 2L).allMatch(Aor::isInIpv6)
        : domain.chars().allMatch(c -> isLetterOrDigit(c) || "-._".indexOf(c) >= 0);
  }

  private static boolean isInIpv6(int c) {
    return (c < 0x80 && Character.digit(c, 16) >= 0) || c == ':' || c == '.';
  }

  private static boolean isLetterOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
