package org.latchkey.pbx.radius.internal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latchkey.admission.SourceNetworks;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.Secret;
import org.latchkey.registration.Ha1Answer;
import org.latchkey.registration.Ha1Source;
import org.latchkey.registration.RegistrationAuthenticator;
import org.latchkey.registration.RegistrationListener;
import org.latchkey.registration.RejectionReason;

/** A site with the services that a test gives it. The key k1 is that of extension 1001. */
final class Office implements LatchkeyServices {

  static final Instant NOW = Instant.parse("2026-11-26T05:00:00Z");
  static final RadiusClient TELLING_PBX = client(false, false, true);
  static final RadiusClient PBX = client(true, false);
  static final RadiusClient OLD_PBX = client(false, false);
  static final RadiusClient ASKING_PBX = client(true, true);

  final List<String> journal = new ArrayList<>();
  final List<String> registered = new ArrayList<>();
  Optional<Ha1Source> ha1Source =
      Optional.of(
          (key, aor, realm, algorithm) ->
              key.equals("k1")
                      && aor.toString().equals("1001@example.org")
                      && realm.equals("latchkey")
                  ? new Ha1Answer.Found(Secret.ofText(Question.HA1.repeat(times(algorithm))))
                  : new Ha1Answer.NoSuchKey(RejectionReason.REVOKED));
  Optional<RegistrationAuthenticator> authenticator = Optional.empty();

  final RadiusSettings settings = settings(List.of("example.org"));
  final RadiusDesk desk = new RadiusDesk(settings, this, Clock.fixed(NOW, ZoneOffset.UTC));

  static RadiusSettings settings(List<String> domains) {
    InetSocketAddress any = InetSocketAddress.createUnresolved("127.0.0.1", 0);
    return new RadiusSettings(
        "latchkey", domains, DigestAlgorithm.MD5, any, any, List.of(PBX), List.of());
  }

  private static int times(DigestAlgorithm algorithm) {
    return algorithm == DigestAlgorithm.MD5 ? 1 : 2;
  }

  private static RadiusClient client(boolean authenticates, boolean asksForNonces) {
    return client(authenticates, asksForNonces, false);
  }

  private static RadiusClient client(
      boolean authenticates, boolean asksForNonces, boolean tellsItself) {
    return new RadiusClient(
        "pbx",
        true,
        SourceNetworks.of(List.of("127.0.0.1")),
        InetAddress.getLoopbackAddress(),
        true,
        authenticates,
        asksForNonces,
        tellsItself);
  }

  /** Asks as the usual PBX. */
  Optional<byte[]> ask(byte[] packet) {
    return desk.answer(packet, PBX, Question.SECRET);
  }

  /** Asks as another. */
  Optional<byte[]> ask(byte[] packet, RadiusClient client) {
    return desk.answer(packet, client, Question.SECRET);
  }

  @Override
  public Optional<Ha1Source> ha1Source() {
    return ha1Source;
  }

  @Override
  public Optional<RegistrationAuthenticator> authenticator() {
    return authenticator;
  }

  @Override
  public List<RegistrationListener> registrationListeners() {
    return List.of((key, aor, at) -> registered.add(key + " " + aor + " " + at));
  }

  @Override
  public void note(PhoneEvent event) {
    journal.add(
        event.kind() + " " + event.keyIdentifier() + " " + event.aor() + " " + event.words());
  }
}
