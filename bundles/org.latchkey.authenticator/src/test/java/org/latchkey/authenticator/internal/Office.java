package org.latchkey.authenticator.internal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.audit.PhoneJournal;
import org.latchkey.key.Aor;
import org.latchkey.registration.AuthenticationResult;
import org.latchkey.registration.AuthenticationResult.Accepted;
import org.latchkey.registration.AuthenticationResult.Challenged;
import org.latchkey.registration.AuthenticationResult.NotOurs;
import org.latchkey.registration.AuthenticationResult.Rejected;
import org.latchkey.registration.AuthenticationResult.Unavailable;
import org.latchkey.registration.RegisterRequest;
import org.latchkey.registration.RegistrationListener;

/** A site with an authenticator, an agent's keys, a clock that we turn, and everything it told. */
final class Office {

  static final Aor EXTENSION = new Aor("1001", "example.org");

  final SiteKeys keys = new SiteKeys();
  final HandClock clock = new HandClock(Instant.parse("2026-11-25T08:00:00Z"));
  final List<String> registered = new ArrayList<>();
  final List<PhoneEvent> journal = new ArrayList<>();
  final Path nonceKey;
  AuthenticatorSettings settings = AuthenticatorSettings.defaults();
  DigestAuthenticator authenticator;

  Office(Path nonceKey) {
    this.nonceKey = nonceKey;
    authenticator = start();
  }

  /** The settings with another lifetime of nonces. */
  static AuthenticatorSettings lifetime(Duration lifetime) {
    return new AuthenticatorSettings(lifetime, 100_000, true, true);
  }

  /** Ends the authenticator and begins another, as an update of the bundle does. */
  void restart() {
    authenticator.close();
    authenticator = start();
  }

  AuthenticationResult ask(RegisterRequest request) {
    return authenticator.authenticate(request);
  }

  /** A phone with a key of generation 1 for the extension. */
  Phone phone() {
    return phone(EXTENSION);
  }

  Phone phone(Aor aor) {
    return keys.phone(aor);
  }

  private DigestAuthenticator start() {
    DigestAuthenticator started =
        new DigestAuthenticator(settings, nonceKey, clock, clock::nanos, new Random());
    started.bindKeys(keys);
    RegistrationListener listener = (key, aor, at) -> registered.add(key + " " + aor + " " + at);
    started.bindListener(listener);
    started.bindJournal(
        new PhoneJournal() {
          @Override
          public void note(PhoneEvent event) {
            journal.add(event);
          }

          @Override
          public List<PhoneEvent> recent(String phone, int limit) {
            return List.of();
          }
        });
    return started;
  }

  /** The result in a few words: {@code accepted}, {@code retransmission}, {@code stale}, … */
  static String words(AuthenticationResult result) {
    return result.fold(
        (Accepted accepted) -> accepted.retransmission() ? "retransmission" : "accepted",
        (Challenged challenged) -> challenged.stale() ? "stale" : "challenged",
        (Rejected rejected) -> rejected.reason().name(),
        (NotOurs notOurs) -> "not ours: " + notOurs.username(),
        (Unavailable unavailable) -> "unavailable");
  }

  /** What goes over the wire, with the nonce left out. */
  static String wire(AuthenticationResult result) {
    return answer(result).toString().replaceAll("nonce=\"[^\"]*\"", "nonce=\"…\"");
  }

  static org.latchkey.registration.SipAnswer answer(AuthenticationResult result) {
    return result.fold(
        accepted -> {
          throw new AssertionError("accepted");
        },
        Challenged::answer,
        Rejected::answer,
        NotOurs::refusal,
        Unavailable::answer);
  }

  /** The nonce of the challenge in a result. */
  static String nonce(AuthenticationResult result) {
    String header = answer(result).headers().get(0).value();
    int at = header.indexOf("nonce=\"") + 7;
    return header.substring(at, header.indexOf('"', at));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
