package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.After;
import org.junit.Test;
import org.latchkey.admission.Originator;
import org.latchkey.pbx.reference.internal.message.SipMessage;

public class CallTest {

  private static final String TO_1002 = "sip:1002@example.org";

  private final PbxRig rig = new PbxRig();

  @After
  public void closePbx() {
    rig.close();
  }

  @Test
  public void aRegisteredPhoneCallsAnotherAcrossTransportsAndHangsUp() throws IOException {
    try (TestPhone caller = TestPhone.tcp("1001", rig).registered();
        TestPhone called = TestPhone.udp("1002", rig).registered()) {
      caller.send(
          caller.invite(TO_1002).body("v=0\r\n".getBytes(StandardCharsets.US_ASCII)).build());
      assertEquals(100, caller.next().status());
      SipMessage invite = called.next();
      assertEquals("INVITE", invite.method());
      assertEquals(called.contact(), invite.uri());
      assertEquals(2, invite.headers("Record-Route").size());
      assertTrue(new String(invite.bytes(), StandardCharsets.US_ASCII).endsWith("v=0\r\n"));
      called.send(called.answer(invite, 180).build());
      called.send(called.answer(invite, 200).build());
      assertEquals(180, caller.next().status());
      SipMessage ok = caller.next();
      assertEquals(200, ok.status());
      assertEquals(1, ok.headers("Via").size());
      caller.send(caller.inDialog(ok, "ACK", 1).build());
      SipMessage ack = called.next();
      assertEquals("ACK", ack.method());
      assertFalse(ack.header("Route").isPresent());
      called.send(called.inDialogAsCalled(invite, ok, "BYE", 1).build());
      SipMessage bye = caller.next();
      assertEquals("BYE", bye.method());
      caller.send(caller.answer(bye, 200).build());
      assertEquals(200, called.finalAnswer().status());
      assertEquals(0, rig.pbx.callCount().calls());
      Originator who = rig.services.attempts.remove().originator();
      assertTrue(who instanceof Originator.Phone phone && phone.keyIdentifier().equals("k1001"));
    }
  }

  @Test
  public void onUdpTheCallerIsChallengedAndCredentialsGoNoFurther() throws IOException {
    try (TestPhone caller = TestPhone.udp("1001", rig).registered();
        TestPhone called = TestPhone.udp("1002", rig).registered()) {
      SipMessage first = caller.invite(TO_1002).build();
      caller.send(first);
      SipMessage challenge = caller.next();
      assertEquals(407, challenge.status());
      caller.send(caller.answering(first, challenge, KeyedAuthenticator.secretOf("1001")));
      SipMessage invite = called.next();
      assertFalse(invite.header("Proxy-Authorization").isPresent());
    }
  }

  @Test
  public void whoACallerSaysItIsElsewhereThanInFromGoesNoFurther() throws IOException {
    try (TestPhone caller = TestPhone.tcp("1001", rig).registered();
        TestPhone called = TestPhone.udp("1002", rig).registered()) {
      caller.send(claiming(caller.invite(TO_1002)).build());
      SipMessage invite = called.nextRequest("INVITE");
      assertClaimsNothing(invite);
      called.send(called.answer(invite, 200).build());
      SipMessage ok = caller.finalAnswer();
      caller.send(claiming(caller.inDialog(ok, "UPDATE", 2)).build());
      assertClaimsNothing(called.nextRequest("UPDATE"));
    }
  }

  @Test
  public void aPhoneThatIsNotRegisteredIsRefusedInTheAdministratorsWords() throws IOException {
    try (TestPhone caller = TestPhone.udp("1001", rig);
        TestPhone called = TestPhone.udp("1002", rig).registered()) {
      SipMessage answer = caller.proved(caller.invite(TO_1002).build());
      assertEquals(403, answer.status());
      assertEquals("Ask the help desk: 7000", answer.reason());
      assertTrue(called.within(200).isEmpty());
    }
  }

  @Test
  public void anotherPhonesFromProvesNothing() throws IOException {
    try (TestPhone caller = TestPhone.tcp("1001", rig).registered();
        TestPhone called = TestPhone.udp("1002", rig).registered()) {
      caller.send(caller.invite(TO_1002).set("From", "<sip:1002@example.org>;tag=a").build());
      assertEquals(407, caller.finalAnswer().status());
      caller.send(caller.invite(TO_1002).add("Via", "SIP/2.0/TCP 192.0.2.1;branch=z1").build());
      assertEquals(407, caller.finalAnswer().status());
      assertTrue(called.within(200).isEmpty());
    }
  }

  @Test
  public void theCallerGivesUpAndThePhoneStopsRinging() throws IOException {
    try (TestPhone caller = TestPhone.tcp("1001", rig).registered();
        TestPhone called = TestPhone.udp("1002", rig).registered()) {
      SipMessage first = caller.invite(TO_1002).build();
      caller.send(first);
      SipMessage invite = called.next();
      called.send(called.answer(invite, 180).build());
      assertEquals(100, caller.next().status());
      assertEquals(180, caller.next().status());
      caller.send(cancelOf(first));
      assertEquals(200, caller.next().status());
      SipMessage cancel = called.next();
      assertEquals("CANCEL", cancel.method());
      called.send(called.answer(cancel, 200).build());
      called.send(called.answer(invite, 487).build());
      assertEquals("ACK", called.next().method());
      assertEquals(487, caller.next().status());
      assertEquals(0, rig.pbx.callCount().calls());
    }
  }

  @Test
  public void aResentInviteIsAbsorbedAndARefusalIsResentUntilItsAck() throws IOException {
    try (TestPhone caller = TestPhone.udp("1001", rig).registered();
        TestPhone called = TestPhone.udp("1002", rig).registered()) {
      SipMessage first = caller.invite(TO_1002).build();
      caller.send(first);
      SipMessage proved =
          caller.answering(first, caller.finalAnswer(), KeyedAuthenticator.secretOf("1001"));
      caller.send(proved);
      SipMessage invite = called.next();
      caller.send(proved);
      called.send(called.answer(invite, 486).build());
      assertEquals("ACK", called.next().method());
      assertEquals(486, caller.finalAnswer().status());
      assertEquals(486, caller.finalAnswer().status());
      SipMessage ack =
          SipMessage.request("ACK", proved.uri())
              .add("Via", proved.header("Via").orElseThrow())
              .add("From", proved.header("From").orElseThrow())
              .add("To", proved.header("To").orElseThrow() + ";tag=any")
              .add("Call-ID", proved.callId())
              .add("CSeq", proved.cseq() + " ACK")
              .build();
      caller.send(ack);
      assertTrue(called.within(300).isEmpty());
    }
  }

  @Test
  public void allContactsRingAndTheFirstToAnswerHasTheCall() throws IOException {
    try (TestPhone caller = TestPhone.tcp("1001", rig).registered();
        TestPhone desk = TestPhone.udp("1002", rig).registered();
        TestPhone soft = TestPhone.tcp("1002", rig).registered()) {
      caller.send(caller.invite(TO_1002).build());
      SipMessage atDesk = desk.next();
      SipMessage atSoft = soft.next();
      desk.send(desk.answer(atDesk, 180).build());
      soft.send(soft.answer(atSoft, 200).build());
      assertEquals(200, caller.finalAnswer().status());
      assertEquals("CANCEL", desk.next().method());
    }
  }

  @Test
  public void whoIsNotThereIsUnavailableAndNobodyElsesDomainIsServed() throws IOException {
    try (TestPhone caller = TestPhone.tcp("1001", rig).registered()) {
      caller.send(caller.invite("sip:1009@example.org").build());
      assertEquals(480, caller.finalAnswer().status());
      caller.send(caller.invite("sip:1009@elsewhere.example").build());
      assertEquals(404, caller.finalAnswer().status());
      caller.send(caller.invite("http://elsewhere.example").build());
      assertEquals(416, caller.finalAnswer().status());
    }
  }

  @Test
  public void anAdministratorEndsTheCallsOfAKey() throws IOException {
    try (TestPhone caller = TestPhone.tcp("1001", rig).registered();
        TestPhone called = TestPhone.udp("1002", rig).registered()) {
      caller.send(caller.invite(TO_1002).build());
      SipMessage invite = called.next();
      called.send(called.answer(invite, 200).build());
      caller.send(caller.inDialog(caller.finalAnswer(), "ACK", 1).build());
      assertEquals("ACK", called.next().method());
      assertEquals(0, rig.pbx.hangUp("k1003"));
      assertEquals(1, rig.pbx.hangUp("k1002"));
      assertEquals("BYE", caller.next().method());
      assertEquals("2 BYE", called.next().header("CSeq").orElseThrow());
      assertEquals(0, rig.pbx.callCount().calls());
    }
  }

  private static SipMessage.Editor claiming(SipMessage.Editor request) {
    return request
        .add("P-Asserted-Identity", "<sip:1000@example.org>")
        .add("P-Preferred-Identity", "<sip:1000@example.org>")
        .add("Remote-Party-ID", "<sip:1000@example.org>;party=calling;screen=yes");
  }

  private static void assertClaimsNothing(SipMessage request) {
    for (String name : List.of("P-Asserted-Identity", "P-Preferred-Identity", "Remote-Party-ID")) {
      assertFalse(name, request.header(name).isPresent());
    }
  }

  static SipMessage cancelOf(SipMessage invite) {
    SipMessage.Editor cancel = SipMessage.request("CANCEL", invite.uri());
    for (String name : new String[] {"Via", "Max-Forwards", "From", "To", "Call-ID"}) {
      cancel.add(name, invite.header(name).orElseThrow());
    }
    return cancel.add("CSeq", invite.cseq() + " CANCEL").build();
  }
}
