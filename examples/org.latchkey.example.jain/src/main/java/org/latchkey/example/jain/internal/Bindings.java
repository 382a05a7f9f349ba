package org.latchkey.example.jain.internal;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sip.header.ContactHeader;
import javax.sip.header.ExpiresHeader;
import javax.sip.message.Request;
import org.latchkey.key.Aor;
import org.latchkey.pbx.Registration;
import org.latchkey.registration.AuthenticationResult.Accepted;
import org.latchkey.registration.SipAnswer;

/** Who is registered where, and with which key: one phone for each AOR. Thread-safe. */
final class Bindings {

  private static final int MOST_SECONDS = 3_600;

  private final Map<Aor, Registration> registrations = new ConcurrentHashMap<>();
  private final Clock clock;

  Bindings(Clock clock) {
    this.clock = clock;
  }

  /** Carries out a REGISTER that was accepted; a copy of one changes nothing. */
  SipAnswer register(Request request, Accepted accepted, InetSocketAddress source) {
    ContactHeader contact = (ContactHeader) request.getHeader(ContactHeader.NAME);
    if (contact != null && !accepted.retransmission()) {
      int seconds = seconds(request, contact);
      if (seconds == 0) {
        registrations.remove(accepted.aor());
      } else if (!contact.isWildCard()) {
        Instant now = clock.instant();
        registrations.put(
            accepted.aor(),
            new Registration(
                accepted.aor(),
                contact.getAddress().getURI().toString(),
                accepted.keyIdentifier(),
                "UDP",
                source.getAddress().getHostAddress() + ':' + source.getPort(),
                String.join(" ", Mapping.values(request, "User-Agent")),
                now,
                now.plusSeconds(seconds)));
      }
    }
    return new SipAnswer(
        200, "OK", of(accepted.aor()).map(this::line).map(List::of).orElse(List.of()));
  }

  /** The registration of an AOR. */
  Optional<Registration> of(Aor aor) {
    return Optional.ofNullable(registrations.get(aor))
        .filter(one -> one.expiresAt().isAfter(clock.instant()));
  }

  /** All of them. */
  List<Registration> all() {
    Instant now = clock.instant();
    registrations.values().removeIf(one -> !one.expiresAt().isAfter(now));
    return List.copyOf(registrations.values());
  }

  /** Drops those of a key. */
  int drop(String keyIdentifier) {
    List<Registration> dropped =
        all().stream().filter(one -> one.keyIdentifier().equals(keyIdentifier)).toList();
    dropped.forEach(one -> registrations.remove(one.aor(), one));
    return dropped.size();
  }

  private SipAnswer.Header line(Registration one) {
    long left = one.expiresAt().getEpochSecond() - clock.instant().getEpochSecond();
    return new SipAnswer.Header("Contact", "<%s>;expires=%d".formatted(one.contact(), left));
  }

  private static int seconds(Request request, ContactHeader contact) {
    ExpiresHeader expires = request.getExpires();
    int asked = contact.isWildCard() ? -1 : contact.getExpires();
    if (asked < 0) {
      asked = expires == null ? MOST_SECONDS : expires.getExpires();
    }
    return Math.min(asked, MOST_SECONDS);
  }
}
