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
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.conformance.Kit;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Credentials;
import org.latchkey.itests.fixture.Folders;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.OpenSips;
import org.latchkey.itests.fixture.Ports;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SipCall;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;
import org.latchkey.itests.fixture.Trunk;

/** An OpenSIPS with the configuration that we write, where there is one. */
public final class OpenSipsIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String EMERGENCY = "sip:112@localhost";

  private static LatchkeyNode node;
  private static OpenSips openSips;
  private static Trunk trunk;
  private static Path oldPhones;

  @BeforeClass
  public static void start() throws IOException {
    OpenSips.program();
    oldPhones = Files.createTempDirectory("latchkey-old-phones");
    OpenSips.passwords(oldPhones, "3550", "a-password-of-old");
    node = LatchkeyNode.unpacked();
    int sip = Ports.free();
    OpenSips.settings(node, sip, oldPhones);
    trunk = Trunk.of(node, sip);
    node.start();
    node.shell("feature:install latchkey-pbx-opensips");
    openSips = OpenSips.started(node, sip);
  }

  @AfterClass
  public static void end() throws IOException {
    if (openSips != null) {
      openSips.close();
    }
    if (trunk != null) {
      trunk.close();
    }
    if (node != null) {
      node.close();
      Folders.delete(oldPhones);
    }
  }

  @Test
  public void twoPhonesCallAndAHeldOneReachesEmergencyOnly() throws Exception {
    ProvisionedKey anna = ProvisionedKey.enrolled(node, "3501");
    ProvisionedKey ben = ProvisionedKey.enrolled(node, "3502");
    try (SipWire first = SipWire.udp(openSips.port());
        SipWire second = SipWire.tcp(openSips.port())) {
      ScriptedPhone caller = new ScriptedPhone(first, anna);
      ScriptedPhone called = new ScriptedPhone(second, ben);
      Await.until("it registers", SOON, () -> caller.register().status() == 200);
      Await.until("over TCP, too", SOON, () -> called.register().status() == 200);
      Await.until("both are listed", SOON, () -> isListed(anna) && isListed(ben));
      rings(caller, "sip:3502@localhost", second);
      node.shell("latchkey:hold 3501 --reason \"left the company\"");
      SipMessage refused = KamailioIT.call(caller, "sip:3502@localhost");
      assertEquals(403, refused.status());
      assertTrue(refused.toString(), refused.toString().contains("7000"));
      int before = trunk.calls().size();
      assertEquals(200, KamailioIT.call(caller, EMERGENCY).status());
      assertEquals(before + 1, trunk.calls().size());
      node.shell("latchkey:release 3501");
      Await.until(
          "the audit log has it",
          SOON,
          () -> node.shell("latchkey:audit --action call.permitted").contains("112"));
    }
  }

  @Test
  public void revokingDropsTheRegistrationWithinFiveSeconds() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(node, "3511");
    try (SipWire wire = SipWire.udp(openSips.port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      Await.until("it registers", SOON, () -> phone.register().status() == 200);
      Await.until("it is listed", SOON, () -> isListed(key));
      node.shell("latchkey:revoke " + key.credentials().keyIdentifier());
      Await.until("it is dropped", Duration.ofSeconds(5), () -> !isListed(key));
      assertEquals(401, phone.register().status());
    }
  }

  @Test
  public void wrongSecretsOtherExtensionsAndReplaysAreRefused() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(node, "3521");
    ProvisionedKey neighbour = ProvisionedKey.enrolled(node, "3522");
    Credentials good = key.credentials();
    try (SipWire wire = SipWire.udp(openSips.port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      Await.until("it registers", SOON, () -> phone.register().status() == 200);
      for (Credentials bad : List.of(good.withSecret("0".repeat(26)), neighbour.credentials())) {
        SipMessage refusal = KamailioIT.registered(phone, bad);
        assertEquals(bad.toString(), 401, refusal.status());
        assertFalse(refusal.require("WWW-Authenticate").contains("stale=true"));
      }
      SipMessage challenge = phone.exchange(phone.registerRequest(Optional.empty()));
      String answer = phone.answerTo(challenge, "REGISTER", phone.registerUri());
      String request = phone.registerRequest(Optional.of(answer));
      assertEquals(200, phone.exchange(request).status());
      String replay =
          phone
              .registerRequest(Optional.of(answer))
              .replaceFirst("Contact: <[^>]*>", "Contact: <sip:3521@127.0.0.9:5066>");
      assertEquals(401, phone.exchange(replay).status());
      String twice = replay.replace("Contact:", "Proxy-Authorization: Digest a=\"b\"\r\nContact:");
      assertEquals(400, phone.exchange(twice).status());
      assertFalse(node.shell("latchkey:phones --json").contains("127.0.0.9:5066"));
    }
  }

  @Test
  public void aPhoneWithAPasswordGoesOnBesideThoseWithKeys() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(node, "3551");
    ProvisionedKey old =
        new ProvisionedKey(
            new Credentials("3550", "a-password-of-old", "latchkey"), "3550@localhost", "");
    try (SipWire wire = SipWire.udp(openSips.port());
        SipWire newWire = SipWire.udp(openSips.port())) {
      ScriptedPhone oldPhone = new ScriptedPhone(wire, old);
      ScriptedPhone newPhone = new ScriptedPhone(newWire, key);
      assertEquals(200, oldPhone.register().status());
      Credentials wrong = old.credentials().withSecret("wrong");
      assertEquals(401, KamailioIT.registered(oldPhone, wrong).status());
      Await.until("it registers", SOON, () -> newPhone.register().status() == 200);
      assertEquals(200, KamailioIT.call(oldPhone, EMERGENCY).status());
      rings(oldPhone, "sip:3551@localhost", newWire);
      rings(newPhone, "sip:3550@localhost", wire);
    }
  }

  @Test
  public void emergencyRingsWithinTwoSecondsWhileLatchkeyHangsAndOptionsAreAnswered()
      throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(node, "3531");
    try (SipWire wire = SipWire.udp(openSips.port());
        SipWire stranger = SipWire.udp(openSips.port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      Await.until("it registers", SOON, () -> phone.register().status() == 200);
      signal("-STOP");
      try {
        for (int i = 0; i < 20; i++) {
          SipMessage challenge = phone.exchange(phone.registerRequest(Optional.empty()));
          String answer = phone.answerTo(challenge, "REGISTER", phone.registerUri());
          wire.send(phone.registerRequest(Optional.of(answer)));
        }
        emergency(new ScriptedPhone(stranger, key));
        emergency(phone);
        assertTrue("OPTIONS are answered", openSips.answers());
        SipMessage refusal = KamailioIT.call(phone, "sip:3502@localhost");
        assertEquals(503, refusal.status());
        assertTrue(refusal.require("Retry-After").matches("[0-9]+"));
      } finally {
        signal("-CONT");
      }
      Await.until("registrations go on", SOON, () -> phone.register().status() == 200);
    }
  }

  @Test
  public void openSipsPassesAllOfTheConformanceKitThatItCan() throws Exception {
    long process = node.process().pid();
    List<String> words = new ArrayList<>(List.of("127.0.0.1:" + openSips.port()));
    words.addAll(List.of("--instance", node.home().toString()));
    words.addAll(List.of("--console", "127.0.0.1:" + node.port("ssh")));
    words.addAll(List.of("--door", "localhost:" + node.port("https")));
    words.addAll(List.of("--answer-at", "" + node.port("test")));
    words.addAll(List.of("--hang", "kill -STOP " + process));
    words.addAll(List.of("--resume", "kill -CONT " + process));
    words.addAll(List.of("--limits", "conformance/pbx/opensips.txt"));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    int exit = Kit.run(words, new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.out.println(printed.toString(StandardCharsets.UTF_8));
    assertEquals(printed.toString(StandardCharsets.UTF_8) + openSips.log(), 0, exit);
  }

  private static void emergency(ScriptedPhone phone) throws Exception {
    long start = System.nanoTime();
    assertEquals(200, KamailioIT.call(phone, EMERGENCY).status());
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertTrue("took " + took, took.compareTo(Duration.ofSeconds(2)) < 0);
  }

  /** Calls a phone, and waits until its INVITE has come there. */
  private static void rings(ScriptedPhone caller, String uri, SipWire called) throws Exception {
    String id = ScriptedPhone.unique("ring");
    SipMessage challenge = caller.exchange(caller.invite(uri, id, Optional.empty()));
    assertEquals(407, challenge.status());
    String answer = SipCall.answering(caller, caller.invite(uri, id, Optional.empty()), challenge);
    caller.wire().send(answer);
    called.await("the INVITE at " + uri, SOON, m -> m.require("Call-ID").equals(id));
  }

  private static boolean isListed(ProvisionedKey key) {
    try {
      return node.shell("latchkey:phone " + key.credentials().keyIdentifier())
          .matches("(?s).*(UDP|TCP) from.*");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void signal(String signal) throws Exception {
    Process kill = new ProcessBuilder("kill", signal, "" + node.process().pid()).start();
    assertEquals(0, kill.waitFor());
  }
}
