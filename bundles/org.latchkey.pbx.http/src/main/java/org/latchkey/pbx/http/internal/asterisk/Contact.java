package org.latchkey.pbx.http.internal.asterisk;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latchkey.key.Aor;
import org.latchkey.pbx.Registration;

/**
 * A contact of Asterisk's registrar, as its event {@code ContactList} has it.
 *
 * @param name its name in the registrar's table: the AOR's, {@code ;@} and a hash of the URI
 * @param endpoint whose it is: a key's, or an old phone's
 * @param uri where it is reached
 * @param source the address it came from
 * @param userAgent what the phone calls itself
 * @param expiresAt when it ends
 */
record Contact(
    String name, String endpoint, String uri, String source, String userAgent, Instant expiresAt) {

  private static final Pattern HOST =
      Pattern.compile("sips?:(?:[^@]*@)?(\\[[^]]*\\]|[^:;?\\[]+)(?::([0-9]{1,5}))?(?:[;?].*)?");

  /** The contact of an event; empty when it is another event, or has not all it should. */
  static Optional<Contact> of(Map<String, String> event) {
    String name = event.getOrDefault("ObjectName", "");
    String expires = event.getOrDefault("ExpirationTime", "");
    if (!"ContactList".equals(event.get("Event"))
        || !name.contains(";@")
        || !expires.matches("[0-9]{1,12}")) {
      return Optional.empty();
    }
    return Optional.of(
        new Contact(
            name,
            event.getOrDefault("Endpoint", ""),
            event.getOrDefault("Uri", ""),
            event.getOrDefault("ViaAddr", "") + ":" + event.getOrDefault("ViaPort", ""),
            event.getOrDefault("UserAgent", ""),
            Instant.ofEpochSecond(Long.parseLong(expires))));
  }

  /** The same of another endpoint. */
  Contact of(String other) {
    return new Contact(name, other, uri, source, userAgent, expiresAt);
  }

  /** The address and port it really came from, which {@code rewrite_contact} wrote into its URI. */
  String address() {
    Matcher host = HOST.matcher(uri);
    if (!host.matches()) {
      return "";
    }
    String port = host.group(2);
    return host.group(1).replaceAll("[\\[\\]]", "") + ':' + (port == null ? "5060" : port);
  }

  /** The AOR's name. */
  String aorName() {
    return name.substring(0, name.lastIndexOf(";@"));
  }

  /**
   * As others see it; an old phone's AOR has no domain of its own.
   *
   * @throws IllegalArgumentException when it is no AOR
   */
  Registration toRegistration(String domain, boolean isOurs, Instant now) {
    String aor = aorName();
    int at = aor.lastIndexOf('@');
    String transport = uri.replaceFirst("(?i).*;transport=([a-z]+).*", "$1");
    return new Registration(
        at < 0 ? new Aor(aor, domain) : new Aor(aor.substring(0, at), aor.substring(at + 1)),
        uri,
        isOurs ? endpoint : "",
        transport.equals(uri) ? "UDP" : transport.toUpperCase(Locale.ROOT),
        source,
        userAgent,
        now,
        expiresAt);
  }
}
