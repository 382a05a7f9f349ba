package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.conformance.Kit;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.GarbageDoor;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.OpenSips;
import org.latchkey.itests.fixture.OpenSipsSite;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;

/** What OpenSIPS does while Latchkey hangs, is gone, or talks nonsense; and the conformance kit. */
public final class OpenSipsAloneIT {

  private static final Duration BACK = Duration.ofSeconds(20);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String PROVIDER = "org.latchkey.authenticator org.latchkey.quarantine";

  private static OpenSipsSite site;
  private static LatchkeyNode node;
  private static OpenSips openSips;

  @BeforeClass
  public static void start() throws IOException {
    site = OpenSipsSite.shared();
    node = site.node();
    openSips = site.openSips();
  }

  @Test
  public void emergencyRingsWithinTwoSecondsWhileLatchkeyHangsAndSevenHundredRegister()
      throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(node, "3531");
    InetAddress elsewhere = InetAddress.getByAddress(new byte[] {127, 0, 8, 1});
    try (SipWire wire = SipWire.udp(openSips.port());
        SipWire stranger = SipWire.udp(elsewhere, 0, openSips.port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      Await.until("it registers", SOON, () -> phone.register().status() == 200);
      Await.until("it is listed", SOON, () -> site.lists(key));
      int told = audited();
      signal("-STOP");
      try {
        for (int i = 0; i < 20; i++) {
          SipMessage challenge = phone.exchange(phone.registerRequest(Optional.empty()));
          for (int j = 0; j < 35; j++) {
            String answer = phone.answerTo(challenge, "REGISTER", phone.registerUri());
            wire.send(phone.registerRequest(Optional.of(answer)));
          }
        }
        emergency(new ScriptedPhone(stranger, key), "sip:112@localhost");
        emergency(phone, "sip:112@localhost");
        emergency(phone, "sip:7000@localhost");
        assertTrue("OPTIONS are answered", openSips.answers());
        SipMessage refusal = KamailioIT.call(phone, "sip:3502@localhost");
        assertEquals(503, refusal.status());
        assertTrue(refusal.require("Retry-After").matches("[0-9]+"));
      } finally {
        signal("-CONT");
      }
      Await.until("registrations go on", BACK, () -> phone.register().status() == 200);
      Await.until("Latchkey is told of all calls", SOON, () -> audited() >= told + 3);
    }
  }

  @Test
  public void emergencyRingsWhileTheProviderIsGone() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(node, "3532");
    try (SipWire wire = SipWire.udp(openSips.port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      Await.until("it registers", SOON, () -> phone.register().status() == 200);
      node.shell("bundle:stop " + PROVIDER);
      try {
        emergency(phone, "sip:112@localhost");
        emergency(phone, "sip:7000@localhost");
        assertEquals(503, KamailioIT.call(phone, "sip:3502@localhost").status());
      } finally {
        node.shell("bundle:start " + PROVIDER);
      }
      Await.until("registrations go on", BACK, () -> phone.register().status() == 200);
    }
  }

  @Test
  public void garbageIsNoYesAndEmergencyGoesOn() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(node, "3541");
    try (GarbageDoor garbage = GarbageDoor.of(node);
        OpenSips misled = openSips.askingAt(garbage.port(), node);
        SipWire wire = SipWire.udp(misled.port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      for (int i = 0; i < 2 * GarbageDoor.kinds(); i++) {
        assertEquals(503, KamailioIT.registered(phone, key.credentials()).status());
        assertEquals(503, KamailioIT.call(phone, "sip:3502@localhost").status());
      }
      assertTrue("it was asked", garbage.asked() > GarbageDoor.kinds());
      int before = site.trunk().calls().size();
      String id = ScriptedPhone.unique("help");
      wire.send(phone.invite("sip:112@localhost", id, Optional.empty()));
      site.trunk().awaitCall(id);
      assertEquals(before + 1, site.trunk().calls().size());
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
    assertEquals(printed.toString(StandardCharsets.UTF_8) + openSips.log(), 0, exit);
  }

  private static int audited() throws IOException {
    return node.shell("latchkey:audit --action call.permitted").split("call.permitted", -1).length;
  }

  private static void emergency(ScriptedPhone phone, String uri) throws Exception {
    long start = System.nanoTime();
    assertEquals(200, KamailioIT.call(phone, uri).status());
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertTrue("took " + took, took.compareTo(Duration.ofSeconds(2)) < 0);
  }

  private static void signal(String signal) throws Exception {
    Process kill = new ProcessBuilder("kill", signal, "" + node.process().pid()).start();
    assertEquals(0, kill.waitFor());
  }
}
