package org.latchkey.example.jain.internal;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;
import javax.sip.header.ContactHeader;
import javax.sip.header.ExpiresHeader;
import javax.sip.message.Request;
import org.latchkey.key.Aor;
import org.latchkey.pbx.Registration;
import org.latchkey.registration.AuthenticationResult.Accepted;
import org.latchkey.registration.SipAnswer;

/**
 * Who is registered where, and with which key: up to ten phones for each AOR. Thread-safe, for one
 * REGISTER at a time: a key may be dropped while the one that names it is judged.
 */
final class Bindings {

  private static final int MOST_SECONDS = 3_600;
  private static final int MOST_OF_AN_AOR = 10;

  private final Map<Aor, List<Registration>> registrations = new HashMap<>();
  private final Set<String> droppedSince = new HashSet<>();
  private final Clock clock;

  Bindings(Clock clock) {
    this.clock = clock;
  }

  /** A REGISTER is about to be judged: what is dropped from now on is not registered by it. */
  synchronized void begin() {
    droppedSince.clear();
  }

  /**
   * Carries out a REGISTER that was accepted (RFC 3261 section 10.3); a copy of one changes
   * nothing, and a phone signs off nobody but itself.
   */
  synchronized SipAnswer register(Request request, Accepted accepted, InetSocketAddress source) {
    if (droppedSince.contains(accepted.keyIdentifier())) {
      return Registrar.AWAY;
    }
    if (!accepted.retransmission()) {
      for (ListIterator<?> all = request.getHeaders(ContactHeader.NAME); all.hasNext(); ) {
        carryOut(request, (ContactHeader) all.next(), accepted, source);
      }
    }
    return new SipAnswer(200, "OK", of(accepted.aor()).stream().map(this::line).toList());
  }

  private void carryOut(
      Request request, ContactHeader contact, Accepted accepted, InetSocketAddress source) {
    List<Registration> phones =
        registrations.computeIfAbsent(accepted.aor(), none -> new ArrayList<>());
    int seconds = seconds(request, contact);
    if (contact.isWildCard()) {
      phones.removeIf(one -> seconds == 0 && one.keyIdentifier().equals(accepted.keyIdentifier()));
      return;
    }
    String uri = contact.getAddress().getURI().toString();
    boolean off = seconds == 0;
    phones.removeIf(
        one ->
            one.contact().equals(uri)
                && (!off || one.keyIdentifier().equals(accepted.keyIdentifier())));
    if (!off) {
      Instant now = clock.instant();
      phones.add(
          new Registration(
              accepted.aor(),
              uri,
              accepted.keyIdentifier(),
              "UDP",
              source.getAddress().getHostAddress() + ':' + source.getPort(),
              String.join(" ", Mapping.values(request, "User-Agent")),
              now,
              now.plusSeconds(seconds)));
    }
    if (phones.size() > MOST_OF_AN_AOR) {
      phones.remove(0);
    }
  }

  /** The registrations of an AOR. */
  synchronized List<Registration> of(Aor aor) {
    return all().stream().filter(one -> one.aor().equals(aor)).toList();
  }

  /** All of them. */
  synchronized List<Registration> all() {
    Instant now = clock.instant();
    registrations.values().forEach(phones -> phones.removeIf(one -> !one.expiresAt().isAfter(now)));
    registrations.values().removeIf(List::isEmpty);
    return registrations.values().stream().flatMap(List::stream).toList();
  }

  /** Drops those of a key, and the one that is being judged. */
  synchronized int drop(String keyIdentifier) {
    int before = all().size();
    registrations
        .values()
        .forEach(phones -> phones.removeIf(one -> one.keyIdentifier().equals(keyIdentifier)));
    droppedSince.add(keyIdentifier);
    return before - all().size();
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
