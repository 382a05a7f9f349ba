package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.After;
import org.junit.Test;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.pbx.Registration;
import org.latchkey.pbx.reference.internal.message.SipMessage;

public class RegistrationTest {

  private final PbxRig rig = new PbxRig();

  @After
  public void closePbx() {
    rig.close();
  }

  @Test
  public void aPhoneRegistersOverUdpAndTcp() throws IOException {
    try (TestPhone one = TestPhone.udp("1001", rig);
        TestPhone two = TestPhone.tcp("1002", rig)) {
      one.send(one.register(600).build());
      SipMessage challenge = one.next();
      assertEquals(401, challenge.status());
      assertTrue(challenge.header("WWW-Authenticate").orElseThrow().contains("realm=\"latchkey\""));
      assertEquals(200, one.proved(one.register(600).build()).status());
      assertEquals(200, two.proved(two.register(600).build()).status());
      List<Registration> all = rig.pbx.registrations();
      assertEquals(2, all.size());
      assertTrue(all.stream().anyMatch(r -> r.keyIdentifier().equals("k1001")));
      assertTrue(all.stream().anyMatch(r -> r.transport().equals("TCP")));
    }
  }

  @Test
  public void aWrongSecretLeavesNoRegistration() throws IOException {
    try (TestPhone phone = TestPhone.udp("1001", rig)) {
      SipMessage register = phone.register(600).build();
      phone.send(register);
      phone.send(phone.answering(register, phone.next(), "wrong"));
      assertEquals(401, phone.next().status());
      assertEquals(0, rig.pbx.bindings().size());
    }
  }

  @Test
  public void theTimeGrantedIsBetweenAMinuteAndAnHourAndStandsInTheAnswer() throws IOException {
    try (TestPhone phone = TestPhone.udp("1001", rig)) {
      assertEquals("60", phone.proved(phone.register(5).build()).header("Expires").orElseThrow());
      SipMessage longest = phone.proved(phone.register(999_999).build());
      assertTrue(longest.header("Contact").orElseThrow().endsWith(";expires=3600"));
      assertTrue(longest.header("Date").isPresent());
      SipMessage usual = phone.register(0).remove("Expires").build();
      assertEquals("600", phone.proved(usual).header("Expires").orElseThrow());
    }
  }

  @Test
  public void aPhoneUnregistersOneContactOrAll() throws IOException {
    try (TestPhone phone = TestPhone.udp("1001", rig)) {
      phone.registered();
      assertEquals(200, phone.proved(phone.register(0).build()).status());
      assertEquals(0, rig.pbx.bindings().size());
      phone.registered();
      SipMessage star = phone.register(0).set("Contact", "*").build();
      assertFalse(phone.proved(star).header("Contact").isPresent());
      assertEquals(PhoneEvent.Kind.UNREGISTERED, rig.services.events.remove().kind());
      SipMessage wrong = phone.register(60).set("Contact", "*").build();
      assertEquals(400, phone.proved(wrong).status());
    }
  }

  @Test
  public void anAorHasTenContactsAtMostAndTheOldestMakesWay() throws IOException {
    try (TestPhone phone = TestPhone.udp("1001", rig)) {
      for (int i = 0; i < 12; i++) {
        SipMessage register =
            phone.register(600).set("Contact", "<sip:1001@10.0.0." + i + ">").build();
        assertEquals(200, phone.proved(register).status());
      }
      assertEquals(10, rig.pbx.bindings().all().size());
      assertTrue(
          rig.pbx.bindings().all().stream().noneMatch(b -> b.contact().endsWith("10.0.0.0")));
    }
  }

  @Test
  public void aFromThatIsNotTheRegisteredOneIsRefusedAfterTheProof() throws IOException {
    try (TestPhone phone = TestPhone.udp("1001", rig)) {
      SipMessage register = phone.register(600).set("From", "<sip:1002@example.org>;tag=x").build();
      assertEquals(403, phone.proved(register).status());
      assertEquals(0, rig.pbx.bindings().size());
    }
  }

  @Test
  public void anUnknownExtensionIsNamed() throws IOException {
    try (TestPhone phone = TestPhone.udp("1001", rig)) {
      phone.send(phone.register(600).add("Require", "teleport").build());
      SipMessage answer = phone.next();
      assertEquals(420, answer.status());
      assertEquals(Optional.of("teleport"), answer.header("Unsupported"));
    }
  }

  @Test
  public void aRetransmissionHasTheSameToTag() throws IOException {
    try (TestPhone phone = TestPhone.udp("1001", rig)) {
      SipMessage register = phone.register(600).build();
      phone.send(register);
      phone.send(register);
      assertEquals(phone.next().tag("To"), phone.next().tag("To"));
    }
  }

  @Test
  public void aPhoneBehindAnAddressTranslatorIsAnsweredWhereItIs() throws IOException {
    try (TestPhone phone = TestPhone.udp("1001", rig)) {
      String elsewhere = "SIP/2.0/UDP 192.0.2.7:5060;rport;branch=z9hG4bKnat";
      phone.send(phone.register(600).set("Via", elsewhere).build());
      String via = phone.next().header("Via").orElseThrow();
      assertTrue(via, via.contains("received=127.0.0.1") && via.matches(".*rport=\\d+.*"));
    }
  }

  @Test
  public void droppingAKeyDropsItsRegistrations() throws IOException {
    try (TestPhone phone = TestPhone.udp("1001", rig)) {
      phone.registered();
      assertEquals(0, rig.pbx.drop("k1002"));
      assertEquals(1, rig.pbx.drop("k1001"));
      assertEquals(0, rig.pbx.bindings().size());
    }
  }

  @Test
  public void aClockThatIsSetForwardEndsNothing() throws IOException {
    try (TestPhone phone = TestPhone.tcp("1001", rig)) {
      phone.registered();
      Instant then = Instant.parse("2099-12-01T10:00:00Z");
      rig.clock = Clock.fixed(then, ZoneOffset.UTC);
      assertEquals(1, rig.pbx.bindings().all().size());
      Duration left = Duration.between(then, rig.pbx.registrations().get(0).expiresAt()).abs();
      assertTrue("what is shown is in the time of day", left.toSeconds() <= 600);
      SipMessage ok = phone.proved(phone.register(600).build());
      assertEquals("Tue, 01 Dec 2099 10:00:00 GMT", ok.header("Date").orElseThrow());
      assertEquals(1, rig.pbx.drop("k1001"));
      assertEquals(then, rig.services.events.remove().at());
    }
  }

  @Test
  public void aPhoneIsToldToFetchItsConfigurationAgain() throws IOException {
    try (TestPhone phone = TestPhone.tcp("1001", rig)) {
      phone.registered();
      assertEquals(1, rig.pbx.checkSync("k1001", "check-sync;reboot=false"));
      SipMessage notify = phone.next();
      assertEquals("NOTIFY", notify.method());
      assertEquals("check-sync;reboot=false", notify.header("Event").orElseThrow());
      assertEquals(phone.contact(), notify.uri());
    }
  }
}
