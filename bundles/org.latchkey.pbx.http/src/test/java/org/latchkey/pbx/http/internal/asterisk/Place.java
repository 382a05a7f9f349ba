package org.latchkey.pbx.http.internal.asterisk;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latchkey.admission.CallAdmission;
import org.latchkey.admission.PermittedCall;
import org.latchkey.admission.PermittedCallListener;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.door.DoorAnswer;
import org.latchkey.door.DoorRequest;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.RegistrationKeys;
import org.latchkey.key.Secret;
import org.latchkey.key.StoreUnavailableException;
import org.latchkey.pbx.http.internal.LatchkeyServices;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.registration.Ha1Answer;
import org.latchkey.registration.Ha1Source;
import org.latchkey.registration.RecentRefusals;
import org.latchkey.registration.RegistrationAuthenticator;
import org.latchkey.registration.RegistrationListener;
import org.latchkey.registration.RejectionReason;

/** A site with an Asterisk that asks it, and a store whose keys a test says. */
final class Place implements LatchkeyServices {

  static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");
  static final String ANNA = "k" + "0".repeat(30) + "1";
  static final String BEN = "k" + "0".repeat(30) + "2";
  static final PbxSite SITE =
      new PbxSite(
          "latchkey",
          List.of("example.org"),
          List.of("Latchkey PBX kamailio", "Latchkey PBX asterisk"));

  final List<KeyRecord> stored = new ArrayList<>();
  final List<PhoneEvent> journal = new ArrayList<>();
  final List<PermittedCall> permitted = new ArrayList<>();
  final List<String> registered = new ArrayList<>();
  final Set<String> revoked = new LinkedHashSet<>();
  Optional<Ha1Source> ha1Source = Optional.of(this::ha1);
  Optional<CallAdmission> admission = Optional.empty();
  Instant now = NOW;
  boolean storeIsThere = true;
  int lookUps;
  Runnable whileKeysAreRead = () -> {};
  Runnable whileAKeyIsRead = () -> {};
  boolean certified = true;
  String certificate = "asterisk.pem";
  final IssuedKeys keys;
  final String word;
  final AgiGate agi;
  private final AsteriskResource resource;

  Place(Path folder) throws IOException {
    this(folder, settings("MD5", "SHA-256"));
  }

  Place(Path folder, AsteriskSettings settings) throws IOException {
    keys = new IssuedKeys(SITE, folder.resolve("latchkey"), records());
    try (Secret secret = AsteriskResource.word(folder).read()) {
      word = new String(secret.copy(), StandardCharsets.US_ASCII);
    }
    resource =
        new AsteriskResource(
            SITE, new Asterisk(settings), keys, this, AsteriskResource.word(folder), () -> now);
    agi =
        new AgiGate(
            SITE, new Asterisk(settings), keys, this, AsteriskResource.word(folder), () -> now);
  }

  static AsteriskSettings settings(String... algorithms) {
    Set<DigestAlgorithm> set = new LinkedHashSet<>();
    for (String token : algorithms) {
      set.add(DigestAlgorithm.ofToken(token).orElseThrow());
    }
    return new AsteriskSettings(
        "127.0.0.1:5038",
        "127.0.0.1:8447",
        List.of("udp:127.0.0.1:5060"),
        set,
        List.of("g722", "alaw"),
        "from-internal",
        "latchkey-permitted",
        List.of("trunk"),
        60,
        new AgiSettings(false, "127.0.0.1:8448", "127.0.0.1:8449"));
  }

  static KeyRecord record(String key, String user, DigestAlgorithm least) {
    return new KeyRecord(
        key,
        1,
        new Aor(user, "example.org"),
        "latchkey",
        Optional.empty(),
        1,
        least,
        "generic",
        Optional.of("Anna \"A\" Ex"),
        "e",
        0,
        NOW,
        Optional.empty(),
        Optional.empty());
  }

  static KeyRecord revoked(KeyRecord key) {
    return key.revoked(new KeyRecord.Revocation(NOW, "me", "lost", Optional.empty()));
  }

  /** Keys that are in the store and in the copy. */
  Place with(KeyRecord... records) {
    stored.addAll(List.of(records));
    keys.round();
    return this;
  }

  DoorAnswer post(String path, byte[] body) {
    return resource.answer(
        new DoorRequest(
            "POST",
            path,
            "",
            List.of(),
            Secret.copyOf(body),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000),
            certified ? List.of(certificate()) : List.of()));
  }

  /** Asks below the word, and gives status and body. */
  String ask(String path, String form) {
    DoorAnswer answer =
        post("/asterisk/" + word + path, form.getBytes(StandardCharsets.ISO_8859_1));
    return answer.status() + " " + text(answer);
  }

  static String text(DoorAnswer answer) {
    return new String(answer.body().copy(), StandardCharsets.UTF_8);
  }

  Ha1Answer ha1(String key, Aor aor, String realm, DigestAlgorithm algorithm) {
    return revoked.contains(key)
        ? new Ha1Answer.NoSuchKey(RejectionReason.REVOKED)
        : new Ha1Answer.Found(
            Secret.ofText(
                (algorithm == DigestAlgorithm.MD5 ? "a" : "b").repeat(algorithm.hexLength())));
  }

  private KeyRecords records() {
    return (KeyRecords)
        Proxy.newProxyInstance(
            Place.class.getClassLoader(),
            new Class<?>[] {KeyRecords.class},
            (proxy, method, arguments) -> {
              if (!storeIsThere) {
                throw new StoreUnavailableException("no disk", new IllegalStateException());
              }
              if (method.getName().equals("keys")) {
                List<KeyRecord> read = List.copyOf(stored);
                whileKeysAreRead.run();
                return read;
              }
              lookUps++;
              whileAKeyIsRead.run();
              return stored.stream()
                  .filter(key -> key.keyIdentifier().equals(arguments[0]))
                  .findFirst();
            });
  }

  X509Certificate certificate() {
    try (InputStream in = LatchkeyServices.class.getResourceAsStream(certificate)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (IOException | CertificateException e) {
      throw new AssertionError(e);
    }
  }

  /** A node that takes all keys but those that have ended. */
  static RegistrationKeys provider(Set<String> ended) {
    return (RegistrationKeys)
        Proxy.newProxyInstance(
            Place.class.getClassLoader(),
            new Class<?>[] {RegistrationKeys.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "unavailable" -> Optional.empty();
                  case "revoked" -> false;
                  case "authenticates" -> !ended.contains(arguments[0]);
                  default -> throw new AssertionError(method);
                });
  }

  @Override
  public Optional<Ha1Source> ha1Source() {
    return ha1Source;
  }

  @Override
  public Optional<RegistrationAuthenticator> authenticator() {
    return Optional.empty();
  }

  @Override
  public Optional<CallAdmission> admission() {
    return admission;
  }

  @Override
  public List<RegistrationListener> registrationListeners() {
    return List.of((key, aor, at) -> registered.add(key + " " + aor));
  }

  @Override
  public List<PermittedCallListener> permittedCallListeners() {
    return List.of(permitted::add);
  }

  @Override
  public Optional<RecentRefusals> recentRefusals() {
    return Optional.empty();
  }

  @Override
  public void note(PhoneEvent event) {
    journal.add(event);
  }
}
