package org.latchkey.pbx.http.internal;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.admission.CallAdmission;
import org.latchkey.admission.PermittedCall;
import org.latchkey.admission.PermittedCallListener;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.door.DoorAnswer;
import org.latchkey.door.DoorRequest;
import org.latchkey.key.Secret;
import org.latchkey.registration.Ha1Source;
import org.latchkey.registration.RecentRefusals;
import org.latchkey.registration.RegistrationAuthenticator;
import org.latchkey.registration.RegistrationListener;

/** A node with the services that a test gives it, and a PBX that asks it. */
final class Site implements LatchkeyServices {

  static final Instant NOW = Instant.parse("2026-11-26T05:00:00Z");

  final List<PhoneEvent> journal = new ArrayList<>();
  final List<String> registered = new ArrayList<>();
  final List<PermittedCall> permitted = new ArrayList<>();
  Optional<Ha1Source> ha1Source = Optional.empty();
  Optional<RegistrationAuthenticator> authenticator = Optional.empty();
  Optional<CallAdmission> admission = Optional.empty();
  Optional<RecentRefusals> recentRefusals = Optional.empty();
  String certificate = "kamailio.pem";
  String failing = "";

  final PbxSite settings =
      new PbxSite(
          "latchkey",
          List.of("example.org"),
          List.of("Latchkey PBX kamailio", "Latchkey PBX asterisk", "Latchkey PBX freeswitch"));
  private final Map<String, X509Certificate> certificates = new HashMap<>();
  private final PbxResource resource =
      new PbxResource(settings, this, Clock.fixed(NOW, ZoneOffset.UTC));

  /** Asks with a body as it stands. */
  DoorAnswer ask(String path, byte[] body) throws Exception {
    DoorRequest request =
        new DoorRequest(
            "POST",
            path,
            "",
            List.of(),
            Secret.copyOf(body),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000),
            certificate.isEmpty()
                ? List.of()
                : List.of(certificates.computeIfAbsent(certificate, Site::certificate)));
    return resource.answer(request);
  }

  /** Asks, and gives status and body. */
  String ask(String path, Map<String, ?> fields) throws Exception {
    DoorAnswer answer = ask(path, JSON.std.asBytes(fields));
    return answer.status() + " " + text(answer);
  }

  static String text(DoorAnswer answer) {
    return new String(answer.body().copy(), StandardCharsets.UTF_8);
  }

  private static X509Certificate certificate(String name) {
    try (InputStream in = Site.class.getResourceAsStream(name)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (IOException | CertificateException e) {
      throw new AssertionError(e);
    }
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
  public Optional<CallAdmission> admission() {
    return admission;
  }

  @Override
  public List<RegistrationListener> registrationListeners() {
    return List.of(
        (key, aor, at) -> {
          if (key.equals(failing)) {
            throw new IllegalStateException("not now");
          }
          registered.add(key + " " + aor + " " + at);
        });
  }

  @Override
  public List<PermittedCallListener> permittedCallListeners() {
    return List.of(permitted::add);
  }

  @Override
  public Optional<RecentRefusals> recentRefusals() {
    return recentRefusals;
  }

  @Override
  public void note(PhoneEvent event) {
    journal.add(event);
  }
}
