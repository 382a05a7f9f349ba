package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.After;
import org.junit.Test;
import org.latchkey.pbx.reference.internal.message.SipMessage;

/** A place is free when the call is over at the other side, too, and not when somebody says so. */
public class HangingUpTest {

  private static final String EMERGENCY = "sip:112@example.org";

  private final PbxRig rig = new PbxRig();

  @After
  public void closePbx() {
    rig.close();
  }

  @Test
  public void aCallerWhoseByeTheTrunkRefusesKeepsItsPlaceWhileTheTrunkTalksOn() throws IOException {
    try (TestPhone trunk = TestPhone.udp("emergency", rig);
        TestPhone stranger = TestPhone.udp("x", rig)) {
      rig.emergencyAt(trunk);
      for (int refusal : List.of(500, 420)) {
        SipMessage ok = answered(stranger, trunk);
        assertEquals(refusal, hangUp(stranger, ok, trunk, refusal));
        trunk.send(trunk.answer(ownBye(trunk, ok), refusal).build());
        assertWasHeard(stranger);
      }
      assertEquals(2, rig.pbx.callCount().unproved());
      stranger.send(stranger.invite(EMERGENCY).build());
      assertEquals(407, stranger.finalAnswer().status());
    }
  }

  @Test
  public void aByeThatTheTrunkRefusesIsSaidAgainByThePbxAndThenThePlaceIsFree() throws IOException {
    try (TestPhone trunk = TestPhone.udp("emergency", rig);
        TestPhone stranger = TestPhone.udp("x", rig)) {
      rig.emergencyAt(trunk);
      for (int over : List.of(200, 481)) {
        SipMessage ok = answered(stranger, trunk);
        stranger.send(stranger.inDialog(ok, "BYE", 2).add("Require", "x").build());
        trunk.send(trunk.answer(trunk.nextRequest("BYE"), 420).build());
        assertEquals(420, stranger.finalAnswer().status());
        SipMessage own = ownBye(trunk, ok);
        assertTrue(own.header("Require").isEmpty());
        assertEquals(1, rig.pbx.callCount().unproved());
        trunk.send(trunk.answer(own, over).build());
        assertWasHeard(stranger);
        assertEquals(0, rig.pbx.callCount().unproved());
      }
    }
  }

  @Test
  public void aCallThatTheTrunkKnowsNothingOfIsOver() throws IOException {
    try (TestPhone trunk = TestPhone.udp("emergency", rig);
        TestPhone stranger = TestPhone.udp("x", rig)) {
      rig.emergencyAt(trunk);
      for (int over : List.of(200, 408, 481)) {
        SipMessage ok = answered(stranger, trunk);
        assertEquals(1, rig.pbx.callCount().unproved());
        assertEquals(over, hangUp(stranger, ok, trunk, over));
        assertEquals(0, rig.pbx.callCount().unproved());
      }
    }
  }

  @Test
  public void aCallThatTheTrunkHangsUpIsOverWhateverTheCallerAnswers() throws IOException {
    try (TestPhone trunk = TestPhone.udp("emergency", rig);
        TestPhone stranger = TestPhone.udp("x", rig)) {
      rig.emergencyAt(trunk);
      stranger.send(stranger.invite(EMERGENCY).build());
      SipMessage invite = trunk.nextRequest("INVITE");
      SipMessage ok = trunk.answer(invite, 200).build();
      trunk.send(ok);
      stranger.finalAnswer();
      trunk.send(trunk.inDialogAsCalled(invite, ok, "BYE", 1).build());
      stranger.send(stranger.answer(stranger.nextRequest("BYE"), 500).build());
      assertEquals(500, trunk.finalAnswer().status());
      assertEquals(0, rig.pbx.callCount().calls());
    }
  }

  @Test
  public void aByeBeforeTheAnswerLeavesThePlaceToTheCallThatStillRings() throws IOException {
    try (TestPhone trunk = TestPhone.udp("emergency", rig);
        TestPhone stranger = TestPhone.udp("x", rig)) {
      rig.emergencyAt(trunk);
      stranger.send(stranger.invite(EMERGENCY).build());
      SipMessage invite = trunk.nextRequest("INVITE");
      SipMessage ringing = trunk.answer(invite, 180).build();
      trunk.send(ringing);
      assertEquals(200, hangUp(stranger, ringing, trunk, 200));
      assertEquals(1, rig.pbx.callCount().unproved());
      trunk.send(trunk.answer(invite, 487).build());
      assertEquals(487, stranger.finalAnswer().status());
      assertEquals(0, rig.pbx.callCount().unproved());
    }
  }

  @Test
  public void aByeToATagThatOnlyRangEndsNoAnsweredCall() throws IOException {
    try (TestPhone trunk = TestPhone.udp("emergency", rig);
        TestPhone stranger = TestPhone.udp("x", rig)) {
      rig.emergencyAt(trunk);
      stranger.send(stranger.invite(EMERGENCY).build());
      SipMessage invite = trunk.nextRequest("INVITE");
      SipMessage rang = trunk.answer(invite, 180).set("To", "<" + EMERGENCY + ">;tag=rang").build();
      trunk.send(rang);
      trunk.send(trunk.answer(invite, 200).build());
      SipMessage ok = stranger.finalAnswer();
      assertEquals(481, hangUp(stranger, rang, trunk, 481));
      assertEquals(1, rig.pbx.callCount().unproved());
      assertEquals(200, hangUp(stranger, ok, trunk, 200));
      assertEquals(0, rig.pbx.callCount().unproved());
    }
  }

  @Test
  public void whenTwoAnsweredTheCallLastsUntilBothHaveHungUp() throws IOException {
    try (TestPhone caller = TestPhone.tcp("1001", rig).registered();
        TestPhone desk = TestPhone.udp("1002", rig).registered();
        TestPhone soft = TestPhone.tcp("1002", rig).registered()) {
      caller.send(caller.invite("sip:1002@example.org").build());
      SipMessage atSoft = soft.nextRequest("INVITE");
      desk.send(
          desk.answer(desk.nextRequest("INVITE"), 200)
              .set("To", "<sip:1002@example.org>;tag=desk")
              .build());
      SipMessage first = caller.finalAnswer();
      soft.send(soft.answer(atSoft, 200).build());
      SipMessage second = caller.finalAnswer();
      assertEquals(200, hangUp(caller, second, soft, 200));
      assertEquals(1, rig.pbx.callCount().calls());
      assertEquals(200, hangUp(caller, first, desk, 200));
      assertEquals(0, rig.pbx.callCount().calls());
    }
  }

  @Test
  public void aByeThatTheTrunkDoesNotReadIsSaidAgainInOurOwnWords() throws IOException {
    try (TestPhone trunk = TestPhone.udp("emergency", rig);
        TestPhone stranger = TestPhone.tcp("x", rig)) {
      rig.emergencyAt(trunk);
      SipMessage ok = answered(stranger, trunk);
      assertEquals("ACK", trunk.nextRequest("ACK").method());
      byte[] moreThanADatagramHolds = new byte[65_500];
      stranger.send(stranger.inDialog(ok, "BYE", 2).body(moreThanADatagramHolds).build());
      SipMessage bye = trunk.within(60_000).orElseThrow();
      assertEquals("3 BYE", bye.header("CSeq").orElseThrow());
      assertEquals(408, stranger.finalAnswer().status());
      assertEquals(0, rig.pbx.callCount().calls());
    }
  }

  /** The BYE of the PBX itself, with a CSeq that the caller has not used. */
  private static SipMessage ownBye(TestPhone trunk, SipMessage ok) {
    SipMessage bye = trunk.nextRequest("BYE");
    while (!bye.callId().equals(ok.callId()) || bye.cseq() != 3) {
      bye = trunk.nextRequest("BYE");
    }
    return bye;
  }

  /** Whatever was sent to the PBX before this is done with after it. */
  private static void assertWasHeard(TestPhone phone) {
    phone.send(phone.request("OPTIONS", "sip:example.org", "sip:example.org").build());
    assertEquals(405, phone.finalAnswer().status());
  }

  private static SipMessage answered(TestPhone caller, TestPhone trunk) {
    caller.send(caller.invite(EMERGENCY).build());
    trunk.send(trunk.answer(trunk.nextRequest("INVITE"), 200).build());
    SipMessage ok = caller.finalAnswer();
    caller.send(caller.inDialog(ok, "ACK", 1).build());
    return ok;
  }

  /** The caller says BYE, and what it hears when the other side answers that. */
  private static int hangUp(TestPhone caller, SipMessage answer, TestPhone other, int status) {
    caller.send(caller.inDialog(answer, "BYE", 2).build());
    other.send(other.answer(other.nextRequest("BYE"), status).build());
    return caller.finalAnswer().status();
  }
}
