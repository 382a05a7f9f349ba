package org.latchkey.admission;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.latchkey.key.Aor;

/**
 * The destinations that everybody reaches in every state: emergency numbers and the help desk. Each
 * adapter keeps its own copy, from the setting {@code org.latchkey.destinations}, and compares
 * before it calls any Latchkey service.
 *
 * <p>A destination is an exact dialled string: the user part of a {@code sip:} URI or the number of
 * a {@code tel:} URI, percent-decoded and without parameters; or {@code urn:service:sos} with all
 * its sub-services (RFC 5031 section 4.2). Never a prefix. A URI without a user, such as {@code
 * sip:112}, dials nothing. The host of the URI plays no part, and never chooses the target: that is
 * the one configured here. Immutable.
 */
public final class PermittedDestinations {

  /** What a permitted destination is for. */
  public enum Kind {
    /** An emergency service: bounded for unproved callers, never refused to a proved one. */
    EMERGENCY,
    /** The help desk. */
    HELP_DESK,
    /** The test destination that the doctor calls and answers; of use to nobody else. */
    TEST
  }

  /**
   * One permitted destination.
   *
   * @param dialled the exact dialled string, or {@code urn:service:sos}
   * @param target the URI that the PBX owns and routes to
   * @param kind emergency, help desk or test
   */
  public record Destination(String dialled, String target, Kind kind) {}

  private static final String SOS = "urn:service:sos";

  private final Map<String, Destination> byDialled;
  private final List<Destination> all;

  private PermittedDestinations(Map<String, Destination> byDialled) {
    this.byDialled = Map.copyOf(byDialled);
    this.all = List.copyOf(byDialled.values());
  }

  /**
   * Reads the setting. Each text may hold several entries with commas between them.
   *
   * @param emergency entries {@code DIALLED=TARGET-URI} of kind emergency, at least one
   * @param helpDesk entries {@code DIALLED=TARGET-URI} of kind help desk
   * @param test entries {@code DIALLED=TARGET-URI} of kind test
   * @throws IllegalArgumentException naming the entry that is no {@code DIALLED=TARGET-URI}, or is
   *     there twice; or because there is no emergency number
   */
  public static PermittedDestinations of(
      List<String> emergency, List<String> helpDesk, List<String> test) {
    Map<String, Destination> byDialled = new LinkedHashMap<>();
    entries(emergency).forEach(entry -> add(byDialled, entry, Kind.EMERGENCY));
    if (byDialled.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no emergency number; name at least one, such as "
              + "112=sip:112@trunk.example.org");
    }
    entries(helpDesk).forEach(entry -> add(byDialled, entry, Kind.HELP_DESK));
    entries(test).forEach(entry -> add(byDialled, entry, Kind.TEST));
    return new PermittedDestinations(byDialled);
  }

  /**
   * The permitted destination that a Request-URI names, if it is one. Never throws on bad input:
   * what can't be read is not permitted.
   */
  public Optional<Destination> match(String requestUri) {
    if (isUrn(requestUri)) {
      return isSos(requestUri) ? Optional.ofNullable(byDialled.get(SOS)) : Optional.empty();
    }
    try {
      String dialled = Aor.userOf(requestUri);
      return isUrn(dialled) ? Optional.empty() : Optional.ofNullable(byDialled.get(dialled));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** All of them, in the order of the setting. */
  public List<Destination> all() {
    return all;
  }

  private static List<String> entries(List<String> texts) {
    return texts.stream()
        .flatMap(text -> Arrays.stream(text.split(",", -1)))
        .map(String::trim)
        .filter(entry -> !entry.isEmpty())
        .toList();
  }

  private static void add(Map<String, Destination> byDialled, String entry, Kind kind) {
    int equals = entry.indexOf('=');
    String dialled = equals < 0 ? "" : entry.substring(0, equals).trim();
    String target = equals < 0 ? "" : entry.substring(equals + 1).trim();
    if (!isDialled(dialled) || !isTarget(target)) {
      throw new IllegalArgumentException(
          "'" + entry + "' is not DIALLED=TARGET-URI, such as 112=sip:112@trunk.example.org");
    }
    String key = isUrn(dialled) ? SOS : dialled;
    if (byDialled.put(key, new Destination(key, target, kind)) != null) {
      throw new IllegalArgumentException("'" + dialled + "' is there twice; keep one entry of it");
    }
  }

  /** What a Request-URI can be equal to, so that no entry stands there in vain. */
  private static boolean isDialled(String text) {
    return isUrn(text) ? text.equalsIgnoreCase(SOS) : text.matches("[!-~&&[^\"%:;<>?@]]{1,255}");
  }

  private static boolean isTarget(String text) {
    try {
      Aor.ofUri(text, "");
      return text.matches("(?i)sips?:[!-~&&[^\"<>]]+");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isUrn(String text) {
    return text.regionMatches(true, 0, "urn:", 0, 4);
  }

  /** RFC 5031 section 4.2; a URN is the same with and without what follows a ?, # or ;. */
  private static boolean isSos(String uri) {
    String urn = uri.split("[?#;]", 2)[0].toLowerCase(Locale.ROOT);
    String sub = urn.startsWith(SOS) ? urn.substring(SOS.length()) : "-";
    boolean wellFormed = sub.startsWith(".") && !sub.endsWith(".") && !sub.contains("..");
    return sub.isEmpty()
        || (wellFormed && sub.chars().allMatch(PermittedDestinations::isInSubService));
  }

  private static boolean isInSubService(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  }
}
