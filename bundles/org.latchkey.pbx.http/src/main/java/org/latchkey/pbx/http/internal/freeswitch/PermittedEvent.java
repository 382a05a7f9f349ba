package org.latchkey.pbx.http.internal.freeswitch;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.latchkey.admission.Originator;
import org.latchkey.admission.PermittedCall;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.admission.PermittedDestinations.Kind;
import org.latchkey.key.Aor;

/** The event by which our dialplan in FreeSWITCH tells of a call to a permitted destination. */
final class PermittedEvent {

  /** Its subclass. */
  static final String SUBCLASS = "latchkey::permitted";

  private PermittedEvent() {}

  /** The argument of the application {@code event} for a destination. */
  static String data(Destination destination) {
    return String.join(
        ",",
        "Event-Name=CUSTOM",
        "Event-Subclass=" + SUBCLASS,
        "latchkey-dialled=" + destination.dialled(),
        "latchkey-target=" + destination.target(),
        "latchkey-kind=" + destination.kind().name().toLowerCase(Locale.ROOT),
        "latchkey-by=${latchkey_by}",
        "latchkey-aor=${latchkey_aor}",
        "latchkey-source=${network_addr}",
        "latchkey-call-id=${sip_call_id}");
  }

  /** The call that such an event tells of; empty when it tells of none. */
  static Optional<PermittedCall> read(Map<String, String> event, Instant at) {
    try {
      Destination destination =
          new Destination(
              event.getOrDefault("latchkey-dialled", ""),
              event.getOrDefault("latchkey-target", ""),
              Kind.valueOf(event.getOrDefault("latchkey-kind", "").toUpperCase(Locale.ROOT)));
      return Optional.of(
          new PermittedCall(
              at,
              destination,
              originator(event),
              event.getOrDefault("latchkey-call-id", ""),
              true));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Originator originator(Map<String, String> event) {
    String key = event.getOrDefault("latchkey-by", "");
    if (Names.isKeyIdentifier(key)) {
      return new Originator.Phone(
          key, Aor.ofUri("sip:" + event.getOrDefault("latchkey-aor", ""), ""), true);
    }
    String source = event.getOrDefault("latchkey-source", "");
    // Addresses only: the JDK would ask DNS about anything else.
    if (!source.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
      throw new IllegalArgumentException("no IP address");
    }
    try {
      return new Originator.Unproved(new InetSocketAddress(InetAddress.getByName(source), 0));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("no IP address", e);
    }
  }
}
