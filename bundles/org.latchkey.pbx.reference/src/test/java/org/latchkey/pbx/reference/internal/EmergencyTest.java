package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.After;
import org.junit.Test;
import org.latchkey.admission.Originator;
import org.latchkey.admission.PermittedCall;
import org.latchkey.pbx.reference.internal.message.SipMessage;

public class EmergencyTest {

  private final PbxRig rig = new PbxRig();
  private final CountDownLatch testIsOver = new CountDownLatch(1);

  @After
  public void closePbx() {
    testIsOver.countDown();
    rig.close();
  }

  @Test
  public void somebodyWhoNeverRegisteredReachesTheEmergencyTarget() throws Exception {
    try (TestPhone centre = TestPhone.udp("112", rig).registered();
        TestPhone stranger = TestPhone.udp("x", rig)) {
      assertReaches(centre, stranger, "sip:112@example.org");
      PermittedCall told = rig.services.permittedCalls.take();
      assertTrue(told.routed());
      assertTrue(told.originator() instanceof Originator.Unproved);
    }
  }

  @Test
  public void theDialledStringCountsAndNothingElseChoosesTheTarget() throws IOException {
    try (TestPhone centre = TestPhone.udp("112", rig).registered();
        TestPhone other = TestPhone.udp("1002", rig).registered();
        TestPhone stranger = TestPhone.udp("x", rig)) {
      for (String uri :
          List.of(
              "sip:112@elsewhere.example", "sip:%31%31%32@example.org", "urn:service:sos.fire")) {
        hangUp(centre, stranger, assertReaches(centre, stranger, uri));
      }
      SipMessage routed =
          stranger
              .invite("sip:112@example.org")
              .add("Route", "<sip:1002@127.0.0.1:" + other.contact().replaceAll(".*:", "") + ";lr>")
              .add("Replaces", "someone;to-tag=a;from-tag=b")
              .build();
      stranger.send(routed);
      SipMessage invite = centre.next();
      assertFalse(invite.header("Route").isPresent());
      assertFalse(invite.header("Replaces").isPresent());
      assertEquals(centre.contact(), invite.uri());
      assertTrue(other.within(200).isEmpty());
    }
  }

  @Test
  public void aLongerNumberIsNoEmergencyNumber() throws IOException {
    try (TestPhone centre = TestPhone.udp("112", rig).registered();
        TestPhone stranger = TestPhone.udp("x", rig)) {
      stranger.send(stranger.invite("sip:1123456@example.org").build());
      assertEquals(407, stranger.finalAnswer().status());
      assertTrue(centre.within(200).isEmpty());
    }
  }

  @Test
  public void strangersHaveFewLinesAndARegisteredPhoneGetsThroughMeanwhile() throws IOException {
    try (TestPhone centre = TestPhone.udp("112", rig).registered();
        TestPhone phone = TestPhone.tcp("1001", rig).registered();
        TestPhone deskPhone = TestPhone.udp("1003", rig).registered();
        TestPhone stranger = TestPhone.udp("x", rig)) {
      for (int i = 0; i < 500; i++) {
        stranger.send(stranger.invite("sip:112@example.org").build());
      }
      List<SipMessage> refused = new ArrayList<>();
      while (refused.size() < 498) {
        refused.add(stranger.finalAnswer());
      }
      assertTrue(refused.stream().allMatch(answer -> answer.status() == 407));
      assertEquals(2, rig.pbx.callCount().unproved());
      SipMessage one = centre.next();
      phone.send(phone.invite("sip:112@example.org").build());
      nextFrom(centre, "1001");
      deskPhone.send(deskPhone.invite("sip:112@example.org").build());
      nextFrom(centre, "1003");
      centre.send(centre.answer(one, 486).build());
      assertEquals("ACK", nextThatIsNot(centre, "INVITE").method());
      assertEquals(486, stranger.finalAnswer().status());
      assertEquals(1, rig.pbx.callCount().unproved());
    }
  }

  @Test
  public void aLineIsFreeAgainWhenTheCallEnds() throws IOException {
    try (TestPhone centre = TestPhone.udp("112", rig).registered();
        TestPhone stranger = TestPhone.udp("x", rig)) {
      SipMessage ok = assertReaches(centre, stranger, "sip:112@example.org");
      assertEquals(1, rig.pbx.callCount().unproved());
      hangUp(centre, stranger, ok);
      assertEquals(0, rig.pbx.callCount().unproved());
    }
  }

  @Test
  public void whenServicesAreAwayHangOrThrowTheCallGetsThrough() throws IOException {
    try (TestPhone centre = TestPhone.udp("112", rig).registered();
        TestPhone phone = TestPhone.udp("1001", rig).registered()) {
      rig.services.authenticator = Optional.empty();
      rig.services.admission = Optional.empty();
      assertReaches(centre, phone, "sip:112@example.org");
      rig.services.admission =
          Optional.of(
              attempt -> {
                throw hang();
              });
      rig.services.authenticator =
          Optional.of(
              request -> {
                throw hang();
              });
      phone.send(phone.invite("sip:1002@example.org").build());
      assertReaches(centre, phone, "sip:112@example.org");
      rig.services.authenticator =
          Optional.of(
              request -> {
                throw new IllegalStateException("told to");
              });
      assertReaches(centre, phone, "sip:112@example.org");
    }
  }

  @Test
  public void aReferOutOfAHelpDeskCallReachesNothing() throws IOException {
    try (TestPhone helpDesk = TestPhone.udp("7000", rig).registered();
        TestPhone stranger = TestPhone.udp("x", rig)) {
      SipMessage ok = assertReaches(helpDesk, stranger, "sip:7000@example.org");
      stranger.send(
          stranger.inDialog(ok, "REFER", 2).add("Refer-To", "<sip:0900123@example.org>").build());
      assertEquals(403, stranger.finalAnswer().status());
      assertEquals("ACK", helpDesk.next().method());
      assertTrue(helpDesk.within(200).isEmpty());
    }
  }

  @Test
  public void aRedirectedEmergencyCallGoesNowhereElse() throws IOException {
    try (TestPhone centre = TestPhone.udp("112", rig).registered();
        TestPhone other = TestPhone.udp("1002", rig).registered();
        TestPhone stranger = TestPhone.udp("x", rig)) {
      stranger.send(stranger.invite("sip:112@example.org").build());
      SipMessage invite = centre.next();
      centre.send(centre.answer(invite, 302).set("Contact", "<sip:1002@example.org>").build());
      assertEquals(480, stranger.finalAnswer().status());
      assertTrue(other.within(200).isEmpty());
    }
  }

  @Test
  public void anAdministratorsHangUpSparesAnEmergencyCall() throws IOException {
    try (TestPhone centre = TestPhone.udp("112", rig).registered();
        TestPhone phone = TestPhone.tcp("1001", rig).registered()) {
      assertReaches(centre, phone, "sip:112@example.org");
      assertEquals(0, rig.pbx.hangUp("k1001"));
      assertEquals(1, rig.pbx.callCount().calls());
    }
  }

  private IllegalStateException hang() {
    try {
      testIsOver.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new IllegalStateException("hung");
  }

  private static SipMessage assertReaches(TestPhone centre, TestPhone caller, String uri) {
    caller.send(caller.invite(uri).build());
    SipMessage invite = nextThatIsNot(centre, "ACK");
    assertEquals("INVITE", invite.method());
    centre.send(centre.answer(invite, 200).build());
    SipMessage ok = caller.finalAnswer();
    assertEquals(200, ok.status());
    caller.send(caller.inDialog(ok, "ACK", 1).build());
    return ok;
  }

  private static void hangUp(TestPhone centre, TestPhone caller, SipMessage ok) {
    caller.send(caller.inDialog(ok, "BYE", 2).build());
    centre.send(centre.answer(nextThatIsNot(centre, "ACK"), 200).build());
    assertEquals(200, caller.finalAnswer().status());
  }

  private static void nextFrom(TestPhone centre, String user) {
    SipMessage message = centre.next();
    while (!message.header("From").orElseThrow().contains(user)) {
      message = centre.next();
    }
  }

  private static SipMessage nextThatIsNot(TestPhone phone, String method) {
    SipMessage message = phone.next();
    while (message.method().equals(method)) {
      message = phone.next();
    }
    return message;
  }
}
