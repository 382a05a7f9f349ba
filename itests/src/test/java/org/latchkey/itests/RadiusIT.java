package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.AfterClass;
import org.junit.Assume;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.conformance.Kit;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Baresip;
import org.latchkey.itests.fixture.Credentials;
import org.latchkey.itests.fixture.Fleet;
import org.latchkey.itests.fixture.ForgedRadius;
import org.latchkey.itests.fixture.Kamailio;
import org.latchkey.itests.fixture.KamailioSite;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.Ports;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.RadiusPeer;
import org.latchkey.itests.fixture.RadsecProxy;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;
import org.latchkey.itests.fixture.Sipp;
import org.latchkey.itests.fixture.Sounds;

/** Debian's Kamailio and FreeRADIUS' client, which ask Latchkey over RADIUS. */
public final class RadiusIT {

  private static final String PID = "org.latchkey.pbx.radius";
  private static final Duration SOON = Duration.ofSeconds(20);

  private static LatchkeyNode node;
  private static KamailioSite site;
  private static Kamailio kamailio;
  private static int port;
  private static int radsecPort;

  @BeforeClass
  public static void start() throws IOException {
    site = KamailioSite.shared();
    node = site.node();
    port = Ports.free();
    node.set(PID, "port", "" + port);
    node.set(PID, "clients", "kamailio=127.0.0.1");
    node.set(PID, "withoutMessageAuthenticator", "kamailio");
    node.set(PID, "tellOverHttps", "kamailio");
    radsecPort = Ports.free();
    node.set(PID, "radsecPort", "" + radsecPort);
    node.set(PID, "radsecNames", "Latchkey PBX kamailio");
    node.shell("feature:install latchkey-pbx-radius");
    kamailio = site.kamailio().overRadius(node);
  }

  @AfterClass
  public static void end() throws IOException {
    if (kamailio != null) {
      kamailio.close();
    }
  }

  @Test
  public void phonesRegisterAndCall() throws Exception {
    ProvisionedKey anna = ProvisionedKey.enrolled(node, "3101");
    ProvisionedKey ben = ProvisionedKey.enrolled(node, "3102");
    try (Sounds sounds = Sounds.of("baresip", "alerts");
        Baresip phone = Baresip.started(anna, kamailio.port(), sounds);
        SipWire wire = SipWire.udp(kamailio.port())) {
      phone.awaitRegistered(SOON);
      ScriptedPhone other = new ScriptedPhone(wire, ben);
      assertEquals(200, other.register().status());
      phone.command("dial", "sip:3102@localhost");
      wire.await("the call", SOON, m -> m.method().equals("INVITE"));
      phone.command("hangup", "");
      assertEquals(403, KamailioIT.call(other, "sip:nobody@elsewhere.example").status());
    }
    List<ProvisionedKey> fleet = Fleet.enrolled(node, 3110, 10);
    Sipp sipp =
        Sipp.run(
            "127.0.0.1:" + kamailio.port(), Sipp.Order.register(fleet, 200, 100, Ports.free()));
    assertEquals(sipp.errors(), 200, sipp.succeeded());
    Await.until(
        "Kamailio has told of it",
        SOON,
        () -> node.shell("latchkey:why 3102").contains(" registered"));
    String why = node.shell("latchkey:why 3102");
    assertFalse("it is told once\n" + why, why.contains("asks by RADIUS"));
  }

  @Test
  public void wrongSecretsUnknownKeysOtherExtensionsAndRevokedKeysAreRefused() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(node, "3121");
    ProvisionedKey neighbour = ProvisionedKey.enrolled(node, "3122");
    Credentials good = key.credentials();
    String name = good.keyIdentifier();
    String unknown = name.substring(0, 31) + (name.endsWith("a") ? 'b' : 'a');
    try (SipWire wire = SipWire.udp(kamailio.port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      for (Credentials bad :
          List.of(
              good.withSecret("0".repeat(26)),
              good.withKeyIdentifier(unknown),
              neighbour.credentials())) {
        SipMessage refusal = KamailioIT.registered(phone, bad);
        assertEquals(bad.toString(), 401, refusal.status());
        assertFalse(refusal.require("WWW-Authenticate").contains("stale=true"));
      }
      assertEquals(200, phone.register().status());
      assertEquals(
          "its calls are gated",
          403,
          KamailioIT.call(phone, "sip:3122@elsewhere.example").status());
      node.shell("latchkey:revoke " + name);
      Await.until("it is refused", Duration.ofSeconds(5), () -> phone.register().status() == 401);
    }
    String why = node.shell("latchkey:why 3121");
    assertTrue(why, why.contains("wrong secret") && why.contains("revoked"));
  }

  @Test
  public void withoutLatchkeyPhonesComeAgainAndEmergencyRings() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(node, "3131");
    try (SipWire wire = SipWire.udp(kamailio.port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      for (String gone : List.of(PID, "org.latchkey.authenticator")) {
        assertEquals(200, phone.register().status());
        node.shell("bundle:stop " + gone);
        try {
          SipMessage refusal = phone.register();
          assertEquals(gone, 503, refusal.status());
          assertTrue(refusal.require("Retry-After").matches("[0-9]+"));
          long start = System.nanoTime();
          String id = ScriptedPhone.unique("help");
          wire.send(phone.invite("sip:112@localhost", id, Optional.empty()));
          site.trunk().awaitCall(id);
          assertTrue(System.nanoTime() - start < Duration.ofSeconds(2).toNanos());
          assertTrue("OPTIONS are answered", kamailio.answers());
        } finally {
          node.shell("bundle:start " + gone);
        }
        Await.until("registrations go on", SOON, () -> phone.register().status() == 200);
      }
    }
  }

  @Test
  public void whatAnotherAnswersInLatchkeysPlaceIsNeitherYesNorNo() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(node, "3136");
    ProvisionedKey wrong =
        new ProvisionedKey(key.credentials().withSecret("0".repeat(26)), key.aor(), "");
    try (ForgedRadius forged = new ForgedRadius();
        Kamailio deceived =
            kamailio.changed(
                text -> text.replace("127.0.0.1:" + port, "127.0.0.1:" + forged.port()));
        SipWire wire = SipWire.udp(deceived.port())) {
      SipMessage yes = new ScriptedPhone(wire, wrong).register();
      assertEquals("a forged yes", 503, yes.status());
      SipMessage call = KamailioIT.call(new ScriptedPhone(wire, wrong), "sip:3102@localhost");
      assertEquals("a forged yes to a caller", 503, call.status());
      forged.refuse();
      long start = System.nanoTime();
      SipMessage no = new ScriptedPhone(wire, key).register();
      assertEquals("a forged no, of which Latchkey knows nothing", 503, no.status());
      assertTrue(no.require("Retry-After").matches("[0-9]+"));
      assertTrue("at once", System.nanoTime() - start < Duration.ofSeconds(2).toNanos());
      String log = deceived.log();
      assertTrue(log, log.contains("An acceptance over RADIUS that Latchkey did not make"));
      assertTrue(log, log.contains("RADIUS gave no answer that Latchkey knows of"));
    }
  }

  @Test
  public void aClientOfAnotherMakerIsAnsweredByItsSecretOnly() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(node, "3141");
    String secret = Files.readString(node.file("radius/kamailio.secret"));
    RadiusPeer peer = new RadiusPeer(port, secret);
    for (boolean authenticated : new boolean[] {true, false}) {
      String accept = peer.ask(key, key.credentials(), authenticated);
      assertTrue(accept, accept.contains("Access-Accept"));
      String reject = peer.ask(key, key.credentials().withSecret("0".repeat(26)), authenticated);
      assertTrue(reject, reject.contains("Access-Reject"));
    }
    String silence =
        new RadiusPeer(port, "another-secret-of-a-test").ask(key, key.credentials(), true);
    assertFalse(silence, silence.contains("Received Access"));
    String status = node.shell("latchkey:status");
    assertTrue(status, status.contains("Blast-RADIUS"));
  }

  @Test
  public void aProxyWithThePbxsCertificateAsksOverTls() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(node, "3151");
    String secret = "a-secret-of-the-proxy";
    try (RadsecProxy proxy = RadsecProxy.started(kamailio.configuration(), radsecPort, secret)) {
      RadiusPeer peer = new RadiusPeer(proxy.port(), secret);
      String accept = peer.ask(key, key.credentials(), true);
      assertTrue(accept + proxy.log(), accept.contains("Access-Accept"));
      String reject = peer.ask(key, key.credentials().withSecret("0".repeat(26)), true);
      assertTrue(reject + proxy.log(), reject.contains("Access-Reject"));
    }
  }

  /** Takes some minutes: {@code -Dlatchkey.conformance=true}. */
  @Test
  public void theConformanceKitPassesAllThatKamailioCan() throws IOException {
    Assume.assumeTrue("-Dlatchkey.conformance=true", Boolean.getBoolean("latchkey.conformance"));
    List<String> words = new ArrayList<>(List.of("127.0.0.1:" + kamailio.port()));
    words.addAll(List.of("--instance", node.home().toString()));
    words.addAll(List.of("--console", "127.0.0.1:" + node.port("ssh")));
    words.addAll(List.of("--door", "localhost:" + node.port("https")));
    words.addAll(List.of("--answer-at", "" + node.port("test"), "--extensions", "3161"));
    Path limits = Files.createTempFile("latchkey-limits", ".txt");
    Files.writeString(
        limits,
        Files.readString(Path.of("conformance/pbx/kamailio-radius.txt"))
            + "revoking drops the registration within 5 s = Latchkey commands the other"
            + " Kamailio\n");
    words.addAll(List.of("--limits", limits.toString()));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    int exit = Kit.run(words, new PrintStream(printed, true, StandardCharsets.UTF_8));
    Files.delete(limits);
    System.out.println(printed.toString(StandardCharsets.UTF_8));
    assertEquals(0, exit);
  }
}
