package org.latchkey.pbx.http.internal.freeswitch;

import static org.junit.Assert.assertEquals;

import java.io.ByteArrayInputStream;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.latchkey.admission.CallAdmission;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.door.DoorAnswer;
import org.latchkey.door.DoorRequest;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.Secret;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.registration.Ha1Source;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A node with the services that a test gives it, and a FreeSWITCH that asks it. */
final class TestSite implements Services {

  static final Instant NOW = Instant.parse("2026-11-26T05:00:00Z");
  static final String KEY = "kaa0000000000000000000000000000a";
  static final String OTHER_KEY = "kaa0000000000000000000000000000b";
  static final String HA1 = "0123456789abcdef0123456789abcdef";

  final List<PhoneEvent> journal = new ArrayList<>();
  final FreeSwitch freeSwitch = new FreeSwitch(settings(8021, DigestAlgorithm.MD5));
  Optional<Ha1Source> ha1Source = Optional.empty();
  Optional<CallAdmission> admission = Optional.empty();
  String certificate = "/org/latchkey/pbx/http/internal/freeswitch.pem";

  private final FreeSwitchResource resource;

  TestSite() {
    this(DigestAlgorithm.MD5);
  }

  TestSite(DigestAlgorithm algorithm) {
    resource =
        new FreeSwitchResource(
            site(),
            algorithm == DigestAlgorithm.MD5
                ? freeSwitch
                : new FreeSwitch(settings(8021, algorithm)),
            this,
            Clock.fixed(NOW, ZoneOffset.UTC));
  }

  static PbxSite site() {
    return new PbxSite(
        "latchkey", List.of("pbx.test", "two.test"), List.of("Latchkey PBX freeswitch"));
  }

  static FreeSwitchSettings settings(int port, DigestAlgorithm algorithm) {
    return new FreeSwitchSettings(
        "127.0.0.1",
        port,
        List.of("internal"),
        List.of("udp 127.0.0.1:5060"),
        algorithm,
        "default",
        "external");
  }

  /** The registration of a phone, as an event or list gives it. */
  static LiveRegistration registration(String callId, String user, String key) {
    return new LiveRegistration(
        new LiveRegistration.Id(callId, user, "pbx.test"),
        "internal",
        key,
        "sip:" + user + "@192.0.2.1:5060",
        "UDP",
        "192.0.2.1:5060",
        "phone",
        NOW,
        NOW.plusSeconds(300));
  }

  /** Asks with a body as it stands. */
  DoorAnswer ask(byte[] body) {
    return resource.answer(
        new DoorRequest(
            "POST",
            "/freeswitch",
            "",
            List.of(),
            Secret.copyOf(body),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000),
            certificate.isEmpty() ? List.of() : List.of(certificate(certificate))));
  }

  /** Asks with fields, escaped as FreeSWITCH does it. */
  DoorAnswer ask(Map<String, String> fields) {
    return ask(encoded(fields).getBytes(StandardCharsets.UTF_8));
  }

  static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String value) {
    StringBuilder text = new StringBuilder();
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = b > ' ' && "#%&+:;<=>?@[\\]^`{|}\"".indexOf(b) < 0;
      text.append(plain ? String.valueOf((char) b) : "%%%02X".formatted(b & 0xff));
    }
    return text.toString();
  }

  static String text(DoorAnswer answer) {
    return new String(answer.body().copy(), StandardCharsets.UTF_8);
  }

  /** The document as any XML reader sees it. */
  static Document read(DoorAnswer answer) throws Exception {
    assertEquals(200, answer.status());
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(answer.body().copy()));
  }

  /** The elements of a name. */
  static List<Element> elements(Document document, String name) {
    NodeList nodes = document.getElementsByTagName(name);
    List<Element> found = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      found.add((Element) nodes.item(i));
    }
    return found;
  }

  /** The actions of a dialplan, {@code application data}. */
  static List<String> actions(DoorAnswer answer) throws Exception {
    return elements(read(answer), "action").stream()
        .map(one -> one.getAttribute("application") + " " + one.getAttribute("data"))
        .toList();
  }

  private static X509Certificate certificate(String name) {
    try (InputStream in = TestSite.class.getResourceAsStream(name)) {
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
  public Optional<CallAdmission> admission() {
    return admission;
  }

  @Override
  public void note(PhoneEvent event) {
    journal.add(event);
  }
}
