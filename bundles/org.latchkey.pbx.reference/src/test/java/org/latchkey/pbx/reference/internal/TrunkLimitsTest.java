package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.After;
import org.junit.Test;
import org.latchkey.pbx.reference.internal.message.SipMessage;

/** A trunk trusts the PBX: no phone uses that, and no trunk takes what phones need. */
public class TrunkLimitsTest {

  private static final String CALLED = "sip:1002@example.org";
  private static final String PREMIUM = "<sip:+19005550100@carrier.example>";

  private final PbxRig rig = new PbxRig();

  @After
  public void closePbx() {
    rig.close();
  }

  @Test
  public void aCalledPhoneDoesNotRedirectATrunk() throws IOException {
    try (TestPhone trunk = TestPhone.udp("0301", rig);
        TestPhone phone = TestPhone.udp("1002", rig).registered()) {
      rig.trunks("provider=127.0.0.1:" + trunk.port());
      trunk.send(trunk.invite(CALLED).build());
      phone.send(phone.answer(nextOf(phone, "INVITE"), 302).set("Contact", PREMIUM).build());
      SipMessage refusal = trunk.finalAnswer();
      assertEquals(480, refusal.status());
      assertTrue(refusal.header("Contact").isEmpty());
    }
  }

  @Test
  public void norDoesItInsideTheCall() throws IOException {
    try (TestPhone trunk = TestPhone.udp("0301", rig);
        TestPhone phone = TestPhone.udp("1002", rig).registered()) {
      SipMessage ok = called(trunk, phone);
      trunk.send(trunk.inDialog(ok, "INVITE", 2).build());
      phone.send(phone.answer(nextOf(phone, "INVITE"), 302).set("Contact", PREMIUM).build());
      SipMessage refusal = trunk.finalAnswer();
      assertEquals(480, refusal.status());
      assertTrue(refusal.header("Contact").isEmpty());
    }
  }

  @Test
  public void aPhoneTransfersACallOfATrunkToPhonesOnly() throws IOException {
    try (TestPhone trunk = TestPhone.udp("0301", rig);
        TestPhone phone = TestPhone.udp("1002", rig).registered();
        TestPhone other = TestPhone.udp("1003", rig).registered()) {
      rig.trunks("provider=127.0.0.1:" + trunk.port());
      trunk.send(trunk.invite(CALLED).build());
      SipMessage invite = nextOf(phone, "INVITE");
      SipMessage ok = phone.answer(invite, 200).build();
      phone.send(ok);
      trunk.send(trunk.inDialog(trunk.finalAnswer(), "ACK", 1).build());
      int cseq = 1;
      for (String out :
          List.of(
              PREMIUM,
              "<tel:+19005550100>",
              "<tel:1003>",
              "<sip:+19005550100@example.org;user=phone>",
              "<sip:1003:" + "a".repeat(256) + "@example.org;maddr=carrier.example>",
              "<sip:1003@example.org;maddr=carrier.example>",
              "<sip:1003@example.org?Route=%3Csip:carrier.example%3E>")) {
        SipMessage.Editor refer = phone.inDialogAsCalled(invite, ok, "REFER", cseq++);
        phone.send(refer.add("Refer-To", out).build());
        assertEquals(out, 403, phone.finalAnswer().status());
      }
      SipMessage.Editor refer = phone.inDialogAsCalled(invite, ok, "REFER", cseq);
      String written = "<sip:1003:x@example.org:5099;user=phone?replaces=a%3Bto-tag%3Db>;x=y";
      phone.send(refer.add("Refer-To", written).build());
      assertEquals(
          List.of("<" + other.aor() + "?Replaces=a%3Bto-tag%3Db>"),
          nextOf(trunk, "REFER").headers("Refer-To"));
    }
  }

  @Test
  public void aTrunkThatCallsMuchTakesNoPlaceOfPhonesNorTheyOneOfIts() throws IOException {
    try (TestPhone trunk = TestPhone.udp("0301", rig);
        TestPhone caller = TestPhone.tcp("1001", rig).registered();
        TestPhone phone = TestPhone.udp("1002", rig).registered()) {
      rig.trunks(1, 2, "provider=127.0.0.1:" + trunk.port());
      rings(trunk, phone);
      rings(trunk, phone);
      trunk.send(trunk.invite(CALLED).build());
      SipMessage refusal = trunk.finalAnswer();
      assertEquals(503, refusal.status());
      assertEquals("5", refusal.header("Retry-After").orElseThrow());
      rings(caller, phone);
      caller.send(caller.invite(CALLED).build());
      assertEquals(503, caller.finalAnswer().status());
    }
  }

  @Test
  public void aPlaceOfATrunkIsFreeAgainWhenItsCallEnds() throws IOException {
    try (TestPhone trunk = TestPhone.udp("0301", rig);
        TestPhone phone = TestPhone.udp("1002", rig).registered()) {
      rig.trunks(1, 1, "provider=127.0.0.1:" + trunk.port());
      for (int i = 0; i < 3; i++) {
        trunk.send(trunk.invite(CALLED).build());
        phone.send(phone.answer(nextOf(phone, "INVITE"), 486).build());
        assertEquals(486, trunk.finalAnswer().status());
      }
    }
  }

  @Test
  public void anEmergencyServiceCallsBackWhenAllPlacesOfTheTrunkAreTaken() throws IOException {
    try (TestPhone trunk = TestPhone.udp("0301", rig);
        TestPhone centre = TestPhone.udp("112", rig).registered();
        TestPhone other = TestPhone.udp("1003", rig).registered();
        TestPhone phone = TestPhone.udp("1002", rig).registered()) {
      rig.trunks(1, 1, "provider=127.0.0.1:" + trunk.port());
      trunk.send(trunk.invite(other.aor()).build());
      nextOf(other, "INVITE");
      trunk.send(trunk.invite(CALLED).build());
      assertEquals(503, trunk.finalAnswer().status());
      phone.send(phone.invite("sip:112@example.org").build());
      nextOf(centre, "INVITE");
      trunk.send(trunk.invite(CALLED).build());
      nextOf(phone, "INVITE");
    }
  }

  @Test
  public void anotherPortThanThePinnedOneIsNotTheTrunk() throws IOException {
    try (TestPhone trunk = TestPhone.udp("0301", rig);
        TestPhone forger = TestPhone.udp("0301", rig);
        TestPhone phone = TestPhone.udp("1002", rig).registered()) {
      SipMessage ok = called(trunk, phone);
      forger.send(forger.inDialog(ok, "BYE", 2).build());
      assertEquals(481, forger.finalAnswer().status());
      assertEquals(1, rig.pbx.callCount().calls());
      rig.trunks("provider=127.0.0.1");
      forger.send(forger.inDialog(ok, "BYE", 3).build());
      nextOf(phone, "BYE");
    }
  }

  private SipMessage called(TestPhone trunk, TestPhone phone) {
    rig.trunks("provider=127.0.0.1:" + trunk.port());
    trunk.send(trunk.invite(CALLED).build());
    phone.send(phone.answer(nextOf(phone, "INVITE"), 200).build());
    SipMessage ok = trunk.finalAnswer();
    trunk.send(trunk.inDialog(ok, "ACK", 1).build());
    return ok;
  }

  private static void rings(TestPhone caller, TestPhone phone) {
    SipMessage invite = caller.invite(CALLED).build();
    caller.send(invite);
    SipMessage received = nextOf(phone, "INVITE");
    while (!received.callId().equals(invite.callId())) {
      received = nextOf(phone, "INVITE");
    }
  }

  private static SipMessage nextOf(TestPhone phone, String method) {
    SipMessage message = phone.next();
    while (!message.isRequest() || !message.method().equals(method)) {
      message = phone.next();
    }
    return message;
  }
}
