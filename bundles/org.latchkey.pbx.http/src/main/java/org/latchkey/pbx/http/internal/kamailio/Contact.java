package org.latchkey.pbx.http.internal.kamailio;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.latchkey.key.Aor;
import org.latchkey.pbx.Registration;

/**
 * A contact as Kamailio's {@code ul.dump} and {@code ul.lookup} give it.
 *
 * @param aor the AOR, {@code user@domain}
 * @param address its URI
 * @param ruid Kamailio's own name of it
 * @param received where it was registered from, a SIP URI; empty when not known
 * @param socket the listener it was registered at, such as {@code udp:127.0.0.1:5060}
 * @param userAgent what the phone calls itself
 * @param registeredAt when it was last refreshed, in seconds since 1970
 * @param expiresIn when it ends, in seconds from now
 */
record Contact(
    String aor,
    String address,
    String ruid,
    String received,
    String socket,
    String userAgent,
    long registeredAt,
    long expiresIn) {

  private static final String NOT_SET = "[not set]";

  /** The contacts in what {@code ul.lookup} or {@code ul.dump} answered, at any depth. */
  static List<Contact> in(Object result) {
    List<Contact> found = new ArrayList<>();
    collect("", result, found);
    return found;
  }

  private static void collect(String aor, Object node, List<Contact> found) {
    if (node instanceof List<?> list) {
      list.forEach(one -> collect(aor, one, found));
    } else if (node instanceof Map<?, ?> map) {
      String here = map.get("AoR") instanceof String name ? name : aor;
      if (map.get("Ruid") instanceof String && map.get("Address") instanceof String) {
        found.add(of(here, map));
      } else {
        map.values().forEach(one -> collect(here, one, found));
      }
    }
  }

  private static Contact of(String aor, Map<?, ?> map) {
    return new Contact(
        aor,
        text(map, "Address"),
        text(map, "Ruid"),
        text(map, "Received"),
        text(map, "Socket"),
        text(map, "User-Agent"),
        number(map, "Last-Modified"),
        number(map, "Expires"));
  }

  /** The URI at which the phone is reached: on the way it registered. */
  String target() {
    return received.isEmpty() ? address : received;
  }

  /** As a registration made with a key; an empty one for an old phone. */
  Registration toRegistration(String keyIdentifier, Instant now) {
    String where = target().replaceFirst("(?i)^sips?:([^@;?]*@)?", "").replaceFirst("[;?].*$", "");
    int colon = socket.indexOf(':');
    return new Registration(
        Aor.ofUri("sip:" + aor, ""),
        address,
        keyIdentifier,
        colon < 0 ? "" : socket.substring(0, colon).toUpperCase(Locale.ROOT),
        where,
        userAgent.equals("n/a") ? "" : userAgent,
        Instant.ofEpochSecond(registeredAt),
        now.plusSeconds(Math.max(0, expiresIn)));
  }

  private static String text(Map<?, ?> map, String name) {
    String text = map.get(name) instanceof String value ? value : "";
    return text.equals(NOT_SET) ? "" : text;
  }

  /** Zero when it is a word, such as {@code permanent} or {@code expired}. */
  private static long number(Map<?, ?> map, String name) {
    return map.get(name) instanceof Number value ? value.longValue() : 0;
  }
}
