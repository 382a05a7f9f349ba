package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Test;
import org.latchkey.admission.PermittedCall;
import org.latchkey.pbx.reference.internal.message.SipMessage;

/** A call that ends at once frees its place at once; what is kept of it is bounded all the same. */
public class RefusedAtOnceTest {

  private static final String EMERGENCY = "sip:112@example.org";
  private static final String HELP_DESK = "sip:7000@example.org";

  private final PbxRig rig = new PbxRig();

  @After
  public void closePbx() {
    rig.close();
  }

  @Test
  public void nothingIsKeptOfCallsThatLeadNowhereAndNobodyIsToldThatTheyWereRouted()
      throws Exception {
    try (TestPhone stranger = TestPhone.udp("x", rig)) {
      for (int i = 0; i < 50; i++) {
        stranger.send(stranger.invite(HELP_DESK).body(new byte[8_000]).build());
        assertEquals(480, stranger.finalAnswer().status());
        PermittedCall told = rig.services.permittedCalls.take();
        assertFalse(told.routed());
      }
      assertEquals(0, rig.pbx.callCount().transactions());
      assertEquals(0, rig.pbx.callCount().unproved());
    }
  }

  @Test
  public void whoIsRefusedAgainAndAgainMustProveItselfInTheEndAndThenGetsThrough()
      throws IOException {
    try (TestPhone centre = TestPhone.udp("112", rig).registered();
        TestPhone phone = TestPhone.udp("1001", rig).registered();
        TestPhone stranger = TestPhone.udp("1003", rig)) {
      for (int i = 0; i < 40; i++) {
        assertEquals("call " + i, 486, refusedBy(centre, stranger));
      }
      SipMessage invite = stranger.invite(EMERGENCY).build();
      stranger.send(invite);
      SipMessage challenge = answerTo(stranger, invite);
      assertEquals(407, challenge.status());
      stranger.send(stranger.answering(invite, challenge, KeyedAuthenticator.secretOf("1003")));
      assertEquals(invite.callId(), nextOf(centre, "INVITE").callId());
      SipMessage registered = phone.invite(EMERGENCY).build();
      phone.send(registered);
      assertEquals(registered.callId(), nextOf(centre, "INVITE").callId());
    }
  }

  @Test
  public void aStrangerSendsFewRequestsInsideACallAndCanStillHangUp() throws IOException {
    try (TestPhone centre = TestPhone.udp("112", rig).registered();
        TestPhone stranger = TestPhone.udp("x", rig)) {
      stranger.send(stranger.invite(EMERGENCY).build());
      centre.send(centre.answer(nextOf(centre, "INVITE"), 200).build());
      SipMessage ok = stranger.finalAnswer();
      stranger.send(stranger.inDialog(ok, "ACK", 1).build());
      for (int i = 0; i < 25; i++) {
        stranger.send(stranger.inDialog(ok, "INFO", 2 + i).body(new byte[8_000]).build());
      }
      for (int i = 0; i < 5; i++) {
        SipMessage tooMuch = stranger.finalAnswer();
        assertEquals(503, tooMuch.status());
        assertTrue(tooMuch.header("Retry-After").isPresent());
      }
      stranger.send(stranger.inDialog(ok, "BYE", 99).build());
      centre.send(centre.answer(nextOf(centre, "BYE"), 200).build());
      assertEquals(200, stranger.finalAnswer().status());
      assertEquals(0, rig.pbx.callCount().calls());
    }
  }

  @Test
  public void callsThatTakeAllTheRoomLeaveThatOfEmergencyCallsAndGiveTheirsBackWhenAnswered()
      throws IOException {
    List<TestPhone> family = new ArrayList<>();
    try (TestPhone centre = TestPhone.udp("112", rig).registered();
        TestPhone caller = TestPhone.tcp("1001", rig).registered();
        TestPhone stranger = TestPhone.udp("x", rig)) {
      for (int i = 0; i < 10; i++) {
        family.add(TestPhone.tcp("1002", rig).registered());
      }
      List<SipMessage> ringing = new ArrayList<>();
      SipMessage answer = callsWithMuch(caller);
      while (answer.status() == 100) {
        family.forEach(phone -> ringing.add(nextOf(phone, "INVITE").withoutBody()));
        assertTrue("there is no end to it", ringing.size() < 1_200);
        answer = callsWithMuch(caller);
      }
      assertEquals(503, answer.status());
      assertTrue(answer.header("Retry-After").isPresent());
      for (TestPhone one : List.of(caller, stranger)) {
        SipMessage help = one.invite(EMERGENCY).build();
        one.send(help);
        assertEquals(help.callId(), nextOf(centre, "INVITE").callId());
      }
      for (int i = 0; i < ringing.size(); i++) {
        TestPhone phone = family.get(i % 10);
        phone.send(phone.answer(ringing.get(i), 486).build());
      }
      for (int i = 0; i < ringing.size() / 10; i++) {
        assertEquals(486, caller.finalAnswer().status());
      }
      assertEquals(100, callsWithMuch(caller).status());
      nextOf(family.get(0), "INVITE");
    } finally {
      for (TestPhone phone : family) {
        phone.close();
      }
    }
  }

  private static SipMessage callsWithMuch(TestPhone caller) {
    caller.send(caller.invite("sip:1002@example.org").body(new byte[65_000]).build());
    return caller.next();
  }

  /** Calls, is told that the line is busy, and says that it heard it. */
  private static int refusedBy(TestPhone centre, TestPhone caller) {
    SipMessage invite = caller.invite(EMERGENCY).build();
    caller.send(invite);
    SipMessage answer = answerTo(caller, invite);
    if (answer.status() == 100) {
      centre.send(centre.answer(nextOf(centre, "INVITE"), 486).build());
      answer = answerTo(caller, invite);
    }
    SipMessage.Editor ack = SipMessage.request("ACK", invite.uri());
    for (String name : new String[] {"Via", "From", "Call-ID"}) {
      ack.add(name, invite.header(name).orElseThrow());
    }
    ack.add("To", answer.header("To").orElseThrow());
    caller.send(ack.add("CSeq", "1 ACK").build());
    return answer.status();
  }

  private static SipMessage answerTo(TestPhone caller, SipMessage request) {
    SipMessage answer = caller.next();
    while (!answer.callId().equals(request.callId())) {
      answer = caller.next();
    }
    return answer;
  }

  private static SipMessage nextOf(TestPhone phone, String method) {
    SipMessage message = phone.next();
    while (!message.isRequest() || !message.method().equals(method)) {
      message = phone.next();
    }
    return message;
  }
}
