package org.latchkey.admission;

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
 * its sub-services (RFC 5031 section 4.2). Never a prefix. The host of the URI plays no part, and
 * never chooses the target: that is the one configured here. Immutable.
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

  private PermittedDestinations(Map<String, Destination> byDialled) {
    this.byDialled = Map.copyOf(byDialled);
  }

  /**
   * Reads the setting.
   *
   * @param emergency lines {@code DIALLED=TARGET-URI} of kind emergency
   * @param helpDesk lines {@code DIALLED=TARGET-URI} of kind help desk
   * @param test lines {@code DIALLED=TARGET-URI} of kind test
   * @throws IllegalArgumentException naming the line that is no {@code DIALLED=TARGET-URI}, or is
   *     there twice
   */
  public static PermittedDestinations of(
      List<String> emergency, List<String> helpDesk, List<String> test) {
    Map<String, Destination> all = new LinkedHashMap<>();
    emergency.forEach(line -> add(all, line, Kind.EMERGENCY));
    helpDesk.forEach(line -> add(all, line, Kind.HELP_DESK));
    test.forEach(line -> add(all, line, Kind.TEST));
    return new PermittedDestinations(all);
  }

  /**
   * The permitted destination that a Request-URI names, if it is one. Never throws on bad input:
   * what can't be read is not permitted.
   */
  public Optional<Destination> match(String requestUri) {
    String lower = requestUri.toLowerCase(Locale.ROOT);
    if (lower.startsWith("urn:")) {
      boolean sos = lower.equals(SOS) || lower.startsWith(SOS + '.');
      return sos ? Optional.ofNullable(byDialled.get(SOS)) : Optional.empty();
    }
    try {
      return Optional.ofNullable(byDialled.get(Aor.ofUri(requestUri, "tel.invalid").user()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** All of them. */
  public List<Destination> all() {
    return List.copyOf(byDialled.values());
  }

  private static void add(Map<String, Destination> all, String line, Kind kind) {
    int equals = line.indexOf('=');
    String dialled = equals < 0 ? "" : line.substring(0, equals).trim();
    String target = equals < 0 ? "" : line.substring(equals + 1).trim();
    if (dialled.isEmpty() || !target.matches("(?i)sips?:.+")) {
      throw new IllegalArgumentException(
          "'" + line + "' is not DIALLED=TARGET-URI, such as 112=sip:112@trunk.example.org");
    }
    String key =
        dialled.regionMatches(true, 0, "urn:", 0, 4) ? dialled.toLowerCase(Locale.ROOT) : dialled;
    if (all.put(key, new Destination(key, target, kind)) != null) {
      throw new IllegalArgumentException("'" + dialled + "' is there twice; keep one line of it");
    }
  }
}
