package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.GarbageDoor;
import org.latchkey.itests.fixture.Kamailio;
import org.latchkey.itests.fixture.KamailioSite;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;

/** What Kamailio does while Latchkey hangs, is slow, is gone, or talks nonsense. */
public final class KamailioAloneIT {

  private static final Duration BACK = Duration.ofSeconds(20);

  private static KamailioSite site;

  @BeforeClass
  public static void start() throws IOException {
    site = KamailioSite.shared();
  }

  @Test
  public void emergencyRingsWithinTwoSecondsWhetherLatchkeyHangsOrIsGone() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(site.node(), "3031");
    try (SipWire wire = SipWire.udp(site.kamailio().port());
        SipWire stranger = SipWire.udp(site.kamailio().port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      assertEquals(200, phone.register().status());
      signal("-STOP");
      try {
        for (int i = 0; i < 20; i++) {
          SipMessage challenge = phone.exchange(phone.registerRequest(Optional.empty()));
          String answer = phone.answerTo(challenge, "REGISTER", phone.registerUri());
          wire.send(phone.registerRequest(Optional.of(answer)));
        }
        emergency(new ScriptedPhone(stranger, key));
        emergency(phone);
        assertTrue("OPTIONS are answered", site.kamailio().answers());
        SipMessage refusal = KamailioIT.call(phone, "sip:3002@localhost");
        assertEquals(503, refusal.status());
        assertTrue(refusal.require("Retry-After").matches("[0-9]+"));
      } finally {
        signal("-CONT");
      }
      site.node().shell("bundle:stop org.latchkey.authenticator org.latchkey.quarantine");
      try {
        emergency(phone);
        assertEquals(503, KamailioIT.call(phone, "sip:3002@localhost").status());
      } finally {
        site.node().shell("bundle:start org.latchkey.authenticator org.latchkey.quarantine");
      }
      Await.until("registrations go on", BACK, () -> phone.register().status() == 200);
    }
  }

  @Test
  public void garbageIsNoYesAndEmergencyGoesOn() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(site.node(), "3041");
    try (GarbageDoor garbage = GarbageDoor.of(site.node());
        Kamailio misled = site.kamailio().askingAt(garbage.port(), site.node());
        SipWire wire = SipWire.udp(misled.port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      for (int i = 0; i < 2 * GarbageDoor.kinds(); i++) {
        assertEquals(503, KamailioIT.registered(phone, key.credentials()).status());
        assertEquals(503, KamailioIT.call(phone, "sip:3002@localhost").status());
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
  public void emergencyRingsWithinTwoSecondsWhileLatchkeyIsSlow() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(site.node(), "3042");
    try (GarbageDoor slow = GarbageDoor.late(site.node(), Duration.ofMillis(100));
        Kamailio waiting = site.kamailio().askingAt(slow.port(), site.node());
        SipWire wire = SipWire.udp(waiting.port());
        SipWire stranger = SipWire.udp(waiting.port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      List<String> requests = new ArrayList<>();
      for (int i = 0; i < 1_200; i++) {
        SipMessage challenge = phone.exchange(phone.registerRequest(Optional.empty()));
        String answer = phone.answerTo(challenge, "REGISTER", phone.registerUri());
        requests.add(phone.registerRequest(Optional.of(answer)));
      }
      send(requests, wire);
      String id = ScriptedPhone.unique("slow");
      long start = System.nanoTime();
      stranger.send(
          new ScriptedPhone(stranger, key).invite("sip:112@localhost", id, Optional.empty()));
      site.trunk().awaitCall(id);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertTrue("took " + took, took.compareTo(Duration.ofSeconds(2)) < 0);
    }
  }

  /** Sends one each three milliseconds, three times as many as a slow Latchkey answers. */
  private static void send(List<String> requests, SipWire wire) throws Exception {
    CountDownLatch sent = new CountDownLatch(requests.size());
    ScheduledExecutorService phones = Executors.newSingleThreadScheduledExecutor();
    try {
      for (int i = 0; i < requests.size(); i++) {
        String request = requests.get(i);
        var unused =
            phones.schedule(
                () -> {
                  wire.send(request);
                  sent.countDown();
                  return request;
                },
                3L * i,
                TimeUnit.MILLISECONDS);
      }
      assertTrue("they were sent", sent.await(BACK.toSeconds(), TimeUnit.SECONDS));
    } finally {
      phones.shutdownNow();
    }
  }

  private static void emergency(ScriptedPhone phone) throws Exception {
    long start = System.nanoTime();
    assertEquals(200, KamailioIT.call(phone, "sip:112@localhost").status());
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertTrue("took " + took, took.compareTo(Duration.ofSeconds(2)) < 0);
  }

  private static void signal(String signal) throws Exception {
    Process kill =
        new ProcessBuilder("kill", signal, Long.toString(site.node().process().pid())).start();
    assertEquals(0, kill.waitFor());
  }
}
