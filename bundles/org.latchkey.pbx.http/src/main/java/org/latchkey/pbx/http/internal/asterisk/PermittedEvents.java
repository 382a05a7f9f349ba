package org.latchkey.pbx.http.internal.asterisk;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.latchkey.admission.Originator;
import org.latchkey.admission.PermittedCall;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.admission.PermittedDestinations.Kind;
import org.latchkey.key.Aor;
import org.latchkey.pbx.http.internal.Form;
import org.latchkey.pbx.http.internal.LatchkeyServices;

/** Calls to permitted destinations, of which the dialplan tells when they have ended. */
final class PermittedEvents {

  private static final Duration MOST_AHEAD = Duration.ofMinutes(1);

  private final IssuedKeys keys;
  private final LatchkeyServices services;
  private final InstantSource clock;

  PermittedEvents(IssuedKeys keys, LatchkeyServices services, InstantSource clock) {
    this.keys = keys;
    this.services = services;
    this.clock = clock;
  }

  /**
   * Tells who listens.
   *
   * @throws IllegalArgumentException when the form is not what our dialplan sends
   */
  void placed(Form form) {
    PermittedCall call =
        new PermittedCall(
            at(form.get("at")),
            new Destination(
                required(form, "dialled"),
                required(form, "target"),
                Kind.valueOf(required(form, "kind"))),
            originator(form),
            form.get("callid"),
            form.get("routed").equals("1"));
    services.permittedCallListeners().forEach(listener -> listener.placed(call));
  }

  /** Who called: the key it proved, the AOR of the contact it called from, or an address. */
  private Originator originator(Form form) {
    Optional<IssuedLine> line = keys.key(form.get("key"));
    if (line.isPresent()) {
      return new Originator.Phone(line.get().keyIdentifier(), line.get().aor(), true);
    }
    String text = form.get("aor");
    int at = text.lastIndexOf('@');
    if (at > 0) {
      Aor aor = new Aor(text.substring(0, at), text.substring(at + 1));
      String key = keys.of(aor).stream().findFirst().map(IssuedLine::keyIdentifier).orElse("");
      return new Originator.Phone(key, aor, true);
    }
    return new Originator.Unproved(source(form.get("source")));
  }

  /** An address and a port; addresses only, since the JDK would ask DNS about anything else. */
  private static InetSocketAddress source(String text) {
    int colon = text.lastIndexOf(':');
    String address = colon < 0 ? "" : text.substring(0, colon);
    if (!address.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-fA-F:.]*:[0-9a-fA-F:.]*\\]")) {
      throw new IllegalArgumentException("no address and port");
    }
    return new InetSocketAddress(address, Integer.parseInt(text.substring(colon + 1)));
  }

  private Instant at(String epochSeconds) {
    Instant now = clock.instant();
    Instant at = Instant.ofEpochSecond(Long.parseLong(epochSeconds));
    if (at.isBefore(Instant.EPOCH) || at.isAfter(now.plus(MOST_AHEAD))) {
      throw new IllegalArgumentException("a time that has not come");
    }
    return at.isAfter(now) ? now : at;
  }

  private static String required(Form form, String name) {
    String value = form.get(name);
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }
}
