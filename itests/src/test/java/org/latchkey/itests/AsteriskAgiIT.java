package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.latchkey.itests.AsteriskIT.EMERGENCY;
import static org.latchkey.itests.AsteriskIT.HELP_DESK;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.AtEachAsterisk;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.CalledPhone;
import org.latchkey.itests.fixture.GarbageAgi;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SipCall;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;

/** Debian's Asterisk 22 and 16 that ask by FastAGI whether a call may be routed. */
public final class AsteriskAgiIT extends AtEachAsterisk {

  private static final Duration READY = Duration.ofSeconds(30);

  /** More than a question takes at most. */
  private static final Duration LONGER = Duration.ofMillis(2_500);

  /** When a question that is not answered has ended its call, on a busy machine. */
  private static final Duration BOUND = Duration.ofSeconds(20);

  /** Two places for calls from an address, and two for those of a line that is registered there. */
  private static final int MORE_THAN_PLACES = 6;

  public AsteriskAgiIT() {
    super("8");
  }

  @BeforeClass
  public static void askByFastAgi() throws IOException {
    site.askByFastAgi();
  }

  @AfterClass
  public static void askByCurl() throws IOException {
    if (site != null) {
      site.askByCurl();
    }
  }

  @Test
  public void phonesCallAndAHeldOneReachesEmergencyAndHelpDeskOnly() throws Exception {
    ProvisionedKey key = enrolled(1);
    try (CalledPhone anna = new CalledPhone(key, site.port());
        CalledPhone ben = new CalledPhone(enrolled(2), site.port())) {
      anna.register();
      ben.register();
      assertEquals(486, called(anna, ben).status());
      site.node().shell("latchkey:hold %s --reason \"left\"".formatted(extension(1)));
      assertEquals(403, KamailioIT.call(anna.phone(), ben.uri()).status());
      assertEquals(403, KamailioIT.call(ben.phone(), anna.uri()).status());
      AsteriskIT.rings(site, anna.phone(), EMERGENCY);
      AsteriskIT.rings(site, anna.phone(), HELP_DESK);
      site.node().shell("latchkey:release " + extension(1));
      assertEquals(486, called(anna, ben).status());
    }
    Await.until(
        "the call to 112 is in the audit log",
        READY,
        () ->
            site.node()
                .shell("latchkey:audit --action call.permitted")
                .contains(key.credentials().keyIdentifier()));
  }

  @Test
  public void aCallOutlastsItsQuestion() throws Exception {
    try (CalledPhone anna = new CalledPhone(enrolled(3), site.port());
        CalledPhone ben = new CalledPhone(enrolled(4), site.port())) {
      anna.register();
      ben.register();
      SipWire wire = anna.phone().wire();
      SipMessage asked = asks(anna.phone(), ben.uri());
      Optional<SipMessage> end = wire.poll(LONGER, m -> m.status() >= 300 && isAnswer(m, asked));
      assertTrue(end.toString(), end.isEmpty());
      SipCall.cancel(wire, asked);
    }
  }

  @Test
  public void emergencyRingsWhileLatchkeyHangsOrIsGoneAndOtherCallsEnd() throws Exception {
    ProvisionedKey key = enrolled(5);
    try (SipWire wire = SipWire.udp(site.port());
        SipWire far = SipWire.udp(site.port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      ScriptedPhone stranger = new ScriptedPhone(far, key);
      Await.until("it registers", READY, () -> phone.register().status() == 200);
      signal("-STOP", site.node().process());
      try {
        emergencyRings(phone, stranger);
        ends(phone, "Latchkey hangs");
      } finally {
        signal("-CONT", site.node().process());
      }
      Await.until("registrations go on", READY, () -> phone.register().status() == 200);
      site.node().shell("bundle:stop org.latchkey.pbx.http");
      try {
        emergencyRings(phone, stranger);
        ends(phone, "Latchkey is gone");
      } finally {
        site.node().shell("bundle:start org.latchkey.pbx.http");
      }
      Await.until("registrations go on", READY, () -> phone.register().status() == 200);
    }
  }

  /**
   * Without a bound Asterisk would wait for ever, and each call that was told of keep its place.
   */
  @Test
  public void emergencyRingsAgainAndAgainWhileHaproxyHangsAndOtherCallsEnd() throws Exception {
    ProvisionedKey key = enrolled(6);
    try (SipWire wire = SipWire.udp(site.port());
        SipWire far = SipWire.udp(site.port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      ScriptedPhone stranger = new ScriptedPhone(far, key);
      Await.until("it registers", READY, () -> phone.register().status() == 200);
      signal("-STOP", site.haproxy());
      try {
        for (int i = 0; i < MORE_THAN_PLACES; i++) {
          AsteriskIT.rings(site, phone, EMERGENCY);
          Await.until(
              "a place is free for who is not registered",
              READY,
              () -> KamailioIT.call(stranger, EMERGENCY).status() == 200);
        }
        ends(phone, "haproxy hangs");
      } finally {
        signal("-CONT", site.haproxy());
      }
      Await.until("registrations go on", READY, () -> phone.register().status() == 200);
    }
  }

  /** Its end is told of before its caller hears it, and that in time. */
  @Test
  public void aCallToEmergencyThatEndsThereEndsForItsCallerWhileHaproxyHangs() throws Exception {
    try (SipWire wire = SipWire.udp(site.port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, enrolled(8));
      Await.until("it registers", READY, () -> phone.register().status() == 200);
      SipMessage answer = SipCall.place(phone, EMERGENCY, ScriptedPhone.unique("agi"));
      assertEquals(200, answer.status());
      SipCall.confirm(wire, answer);
      List<SipMessage> calls = site.trunk().calls();
      signal("-STOP", site.haproxy());
      try {
        site.trunk().hangUp(calls.get(calls.size() - 1));
        wire.await("the caller's BYE", Duration.ofSeconds(3), m -> m.method().equals("BYE"));
      } finally {
        signal("-CONT", site.haproxy());
      }
      Await.until("registrations go on", READY, () -> phone.register().status() == 200);
    }
  }

  @Test
  public void garbageIsNoYesAndEndsACallAndEmergencyGoesOn() throws Exception {
    ProvisionedKey key = enrolled(7);
    try (GarbageAgi garbage = GarbageAgi.of(site.node());
        SipWire wire = SipWire.udp(site.port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      Await.until("it registers", READY, () -> phone.register().status() == 200);
      site.askFastAgiAt(garbage.port());
      try {
        for (int i = 0; i < GarbageAgi.kinds(); i++) {
          int before = garbage.asked();
          ends(phone, "garbage " + i);
          assertEquals("it was asked", before + 1, garbage.asked());
        }
        AsteriskIT.rings(site, phone, EMERGENCY);
        ends(phone, "garbage again");
      } finally {
        site.askAtTheDoor();
      }
    }
  }

  private static void emergencyRings(ScriptedPhone phone, ScriptedPhone stranger) throws Exception {
    for (String uri : List.of(EMERGENCY, HELP_DESK)) {
      AsteriskIT.rings(site, phone, uri);
      AsteriskIT.rings(site, stranger, uri);
    }
  }

  /** An ordinary call, which nobody can decide on. */
  private static void ends(ScriptedPhone phone, String when) throws Exception {
    SipMessage asked = asks(phone, "sip:8999@localhost");
    long start = System.nanoTime();
    SipMessage answer =
        phone
            .wire()
            .await("the end, when " + when, BOUND, m -> m.status() > 401 && isAnswer(m, asked));
    System.out.printf(
        "Asterisk: when %s a call ends after %d ms%n",
        when, Duration.ofNanos(System.nanoTime() - start).toMillis());
    assertEquals(when, 503, answer.status());
  }

  /** Calls, and answers the challenge. */
  private static SipMessage asks(ScriptedPhone phone, String uri) throws Exception {
    String invite = phone.invite(uri, ScriptedPhone.unique("agi"), Optional.empty());
    SipMessage challenge = phone.exchange(invite);
    assertEquals(401, challenge.status());
    String answering = SipCall.answering(phone, invite, challenge);
    phone.wire().send(answering);
    return SipMessage.of(answering);
  }

  /** Calls a phone, which is busy, and gives the answer. */
  private static SipMessage called(CalledPhone caller, CalledPhone called) throws Exception {
    SipMessage asked = asks(caller.phone(), called.uri());
    called.rings();
    return caller
        .phone()
        .wire()
        .await("the answer", READY, m -> m.status() >= 300 && isAnswer(m, asked));
  }

  private static boolean isAnswer(SipMessage message, SipMessage asked) {
    return message.require("CSeq").equals(asked.require("CSeq"))
        && message.require("Call-ID").equals(asked.require("Call-ID"));
  }

  private static void signal(String signal, Process process) throws Exception {
    Process kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
    assertEquals(0, kill.waitFor());
  }
}
