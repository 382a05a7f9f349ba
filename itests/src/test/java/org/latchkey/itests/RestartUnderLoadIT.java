package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Door;
import org.latchkey.itests.fixture.Fleet;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.Ports;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SipWire;
import org.latchkey.itests.fixture.Sipp;

/**
 * While 500 phones a second register, each of our bundles is restarted, and updated: every phone
 * has its 200 in time and no other answer, an allowed call rings, an enrolment is served.
 */
public final class RestartUnderLoadIT {

  private static final int RATE = 500;

  /** More than register in an hour: it is told when to end. */
  private static final int ENDLESS = 3600 * RATE;

  /** As long as a phone sends a REGISTER again (RFC 3261 section 17.1.2.2, timer F). */
  private static final Duration LONGEST_GAP = Duration.ofSeconds(32);

  private static final List<String> BUNDLES =
      List.of(
          "org.latchkey.authenticator",
          "org.latchkey.keyagent",
          "org.latchkey.store",
          "org.latchkey.audit",
          "org.latchkey.quarantine",
          "org.latchkey.phones",
          "org.latchkey.https",
          "org.latchkey.backup",
          "org.latchkey.doctor",
          "org.latchkey.assembly",
          "org.latchkey.shell");

  private static final String API = "org.latchkey.api";
  private static final String PBX = "org.latchkey.pbx.reference";

  private static LatchkeyNode node;
  private static List<ProvisionedKey> keys;
  private static List<ProvisionedKey> callers;

  @BeforeClass
  public static void enrol() throws IOException {
    node = LatchkeyNode.unpacked().longLived();
    node.start();
    keys = Fleet.enrolled(node, 60000, RATE);
    callers = Fleet.enrolled(node, 65000, 2);
  }

  @AfterClass
  public static void end() {
    node.close();
  }

  @Test
  public void restartingEachBundleLosesNoPhone() throws Exception {
    List<String> all = new ArrayList<>(BUNDLES);
    all.addAll(List.of(API, PBX));
    underLoad("restart", all, Fleet.codes(node, 61000, all.size()));
  }

  @Test
  public void updatingEachBundleLosesNoPhone() throws Exception {
    underLoad("update --refresh", BUNDLES, Fleet.codes(node, 62000, BUNDLES.size()));
  }

  @Test
  public void updatingWhatAllDependOnLeavesAGap() throws Exception {
    for (String bundle : List.of(PBX, API)) {
      CompletableFuture<Sipp> load = CompletableFuture.supplyAsync(() -> register(10 * RATE));
      AtomicBoolean over = new AtomicBoolean();
      CompletableFuture<Duration> silence =
          CompletableFuture.supplyAsync(() -> longestSilence(over));
      node.shell("bundle:update --refresh " + bundle);
      // The command returns before the bundles that depend on it have started again.
      Sipp phones = load.join();
      over.set(true);
      System.out.printf(
          "update of %s: %d ms without an answer; %d of the phones under way registered, %d failed%n",
          bundle, silence.join().toMillis(), phones.succeeded(), phones.failed());
      assertEquals(bundle + ": " + phones.errors(), 0, phones.failed());
      assertEquals(bundle, 10 * RATE, phones.succeeded());
    }
  }

  /** The longest time without an answer while something goes on, and until the first one after. */
  private static Duration longestSilence(AtomicBoolean over) {
    try (SipWire wire = SipWire.udp(node.port("sip"))) {
      ScriptedPhone phone = new ScriptedPhone(wire, callers.get(0));
      long longest = 0;
      long answered = System.nanoTime();
      boolean last = false;
      while (!last) {
        boolean lastTry = over.get();
        assertTrue("no answer for too long", System.nanoTime() - answered < LONGEST_GAP.toNanos());
        wire.send(phone.registerRequest(Optional.empty()));
        if (wire.poll(Duration.ofMillis(50), m -> m.status() == 401).isPresent()) {
          long now = System.nanoTime();
          longest = Math.max(longest, now - answered);
          answered = now;
          last = lastTry;
        }
      }
      return Duration.ofNanos(longest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void underLoad(String verb, List<String> bundles, List<String> codes)
      throws Exception {
    register(4 * RATE);
    try (Sipp.Running load =
        Sipp.started(node, Sipp.Order.register(keys, ENDLESS, RATE, Ports.free()))) {
      for (int i = 0; i < bundles.size(); i++) {
        assertTrue("the phones were done before " + bundles.get(i), load.goesOn());
        shakenBy(verb, bundles.get(i), codes.get(i));
      }
      assertNobodyWasLost(verb, bundles.size(), load.ended());
    }
  }

  private static void shakenBy(String verb, String bundle, String code) throws Exception {
    try (SipWire here = SipWire.tcp(node.port("sip"));
        SipWire there = SipWire.tcp(node.port("sip"))) {
      ScriptedPhone caller = new ScriptedPhone(here, callers.get(0));
      ScriptedPhone called = new ScriptedPhone(there, callers.get(1));
      registerBoth(caller, called);
      node.shell("bundle:" + verb + ' ' + bundle);
      if (!bundle.equals(PBX)) {
        assertAllowedCallRings(bundle, caller, called);
      }
      assertEnrolmentIsServed(bundle, code);
    }
  }

  private static void registerBoth(ScriptedPhone caller, ScriptedPhone called) throws Exception {
    assertEquals(200, caller.register().status());
    assertEquals(200, called.register().status());
  }

  private static void assertNobodyWasLost(String verb, int bundles, Sipp sipp) {
    System.out.printf(
        "%s: %d of %d registered, %d failed, %d retransmissions, %d took 4 s or more%n",
        verb, sipp.succeeded(), sipp.begun(), sipp.failed(), sipp.retransmissions(), sipp.slow());
    assertEquals(sipp.errors(), 0, sipp.failed());
    assertEquals(sipp.begun(), sipp.succeeded());
    assertTrue("too few phones: " + sipp.begun(), sipp.begun() >= (long) bundles * RATE / 10);
    assertEquals("phones that waited for 4 s or more", 0, sipp.slow());
  }

  private static void assertAllowedCallRings(
      String bundle, ScriptedPhone caller, ScriptedPhone called) throws Exception {
    String call = ScriptedPhone.unique("allowed");
    caller.wire().send(caller.invite("sip:" + called.key().aor(), call, Optional.empty()));
    assertTrue(
        "a call was blocked after " + bundle,
        called
            .wire()
            .poll(
                Duration.ofSeconds(8),
                m -> m.method().equals("INVITE") && m.require("Call-ID").equals(call))
            .isPresent());
  }

  private static void assertEnrolmentIsServed(String bundle, String code) {
    Await.until(
        "an enrolment is served after " + bundle,
        Duration.ofSeconds(20),
        () -> Door.of(node).ask(Map.of("code", code)).statusCode() == 200);
  }

  private static Sipp register(int count) {
    try {
      return Sipp.run(node, Sipp.Order.register(keys, count, RATE, Ports.free()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
