package org.latchkey.pbx.http.internal.opensips;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.latchkey.key.Aor;
import org.latchkey.pbx.Registration;

/**
 * A contact as OpenSIPS' {@code ul_dump} and {@code ul_show_contact} give it.
 *
 * @param aor the AOR, {@code user@domain}
 * @param address its URI
 * @param received where it was registered from, a SIP URI; empty when not known
 * @param socket the listener it was registered at, such as {@code udp:127.0.0.1:5060}
 * @param userAgent what the phone calls itself
 * @param keyIdentifier the key it was registered with; empty for an old phone
 * @param registeredAt when it was last refreshed, in seconds since 1970
 * @param expiresIn when it ends, in seconds from now
 */
record Contact(
    String aor,
    String address,
    String received,
    String socket,
    String userAgent,
    String keyIdentifier,
    long registeredAt,
    long expiresIn) {

  /** What our routes note where there is no key. */
  private static final String NO_KEY = "old";

  /** The contacts in what OpenSIPS answered, at any depth. */
  static List<Contact> in(Object result) {
    List<Contact> found = new ArrayList<>();
    collect("", result, found);
    return found;
  }

  private static void collect(String aor, Object node, List<Contact> found) {
    if (node instanceof List<?> list) {
      list.forEach(one -> collect(aor, one, found));
    } else if (node instanceof Map<?, ?> map) {
      String here = map.get("AOR") instanceof String name ? name : aor;
      if (map.get("Contact") instanceof String && map.containsKey("ContactID")) {
        found.add(of(here, map));
      } else {
        map.values().forEach(one -> collect(here, one, found));
      }
    }
  }

  private static Contact of(String aor, Map<?, ?> map) {
    String[] noted = text(map, "Attr").split(";", 2);
    return new Contact(
        aor,
        text(map, "Contact"),
        text(map, "Received"),
        text(map, "Socket"),
        text(map, "User-agent").equals("n/a") ? "" : text(map, "User-agent"),
        noted[0].equals(NO_KEY) ? "" : noted[0],
        noted.length == 2 && noted[1].matches("[0-9]{1,10}") ? Long.parseLong(noted[1]) : 0,
        map.get("Expires") instanceof Number expires ? expires.longValue() : 0);
  }

  /** The URI at which the phone is reached: on the way it registered. */
  String target() {
    return received.isEmpty() ? address : received;
  }

  /** The URI of the phone, at the place where it is reached. */
  String reachedAt() {
    int at = address.indexOf('@');
    return at < 0 || received.isEmpty()
        ? target()
        : address.substring(0, at + 1) + received.replaceFirst("(?i)^sips?:", "");
  }

  /** Empty for an AOR of the administrator's own that no key can have: without a domain, say. */
  Optional<Registration> toRegistration(Instant now) {
    String where = target().replaceFirst("(?i)^sips?:([^@;?]*@)?", "").replaceFirst("[;?].*$", "");
    int colon = socket.indexOf(':');
    try {
      return Optional.of(
          new Registration(
              Aor.ofUri("sip:" + aor, ""),
              address,
              keyIdentifier,
              colon < 0 ? "" : socket.substring(0, colon).toUpperCase(Locale.ROOT),
              where,
              userAgent,
              Instant.ofEpochSecond(registeredAt),
              now.plusSeconds(Math.max(0, expiresIn))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String text(Map<?, ?> map, String name) {
    return map.get(name) instanceof String value ? value : "";
  }
}
