package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Test;
import org.latchkey.admission.AdmissionDecision;
import org.latchkey.pbx.reference.internal.message.SipMessage;

/** No phone takes the places of all others, and every place that is taken is given back. */
public class CallPlacesTest {

  private static final String CALLED = "sip:1002@example.org";

  private final PbxRig rig = new PbxRig();

  @After
  public void closePbx() {
    rig.close();
  }

  @Test
  public void aPhoneThatCallsMuchTakesNoPlaceOfAnother() throws IOException {
    try (TestPhone busy = TestPhone.tcp("1001", rig).registered();
        TestPhone other = TestPhone.tcp("1003", rig).registered();
        TestPhone phone = TestPhone.udp("1002", rig).registered()) {
      rig.callsPerPhone(2);
      busy.send(busy.invite(CALLED).build());
      SipMessage first = phone.nextRequest("INVITE");
      busy.send(busy.invite(CALLED).build());
      phone.nextRequest("INVITE");
      busy.send(busy.invite(CALLED).build());
      SipMessage refusal = busy.finalAnswer();
      assertEquals(503, refusal.status());
      assertEquals("5", refusal.header("Retry-After").orElseThrow());
      other.send(other.invite(CALLED).build());
      phone.nextRequest("INVITE");
      phone.send(phone.answer(first, 486).build());
      assertEquals(486, busy.finalAnswer().status());
      busy.send(busy.invite(CALLED).build());
      phone.nextRequest("INVITE");
    }
  }

  @Test
  public void aPhoneWithAllItsCallsUpReachesTheEmergencyService() throws IOException {
    try (TestPhone busy = TestPhone.tcp("1001", rig).registered();
        TestPhone centre = TestPhone.udp("112", rig).registered();
        TestPhone phone = TestPhone.udp("1002", rig).registered()) {
      rig.callsPerPhone(1);
      busy.send(busy.invite(CALLED).build());
      phone.nextRequest("INVITE");
      busy.send(busy.invite(CALLED).build());
      assertEquals(503, busy.finalAnswer().status());
      busy.send(busy.invite("sip:112@example.org").build());
      centre.nextRequest("INVITE");
    }
  }

  @Test
  public void aPhoneThatAnswersWithoutATagHoldsNoPlace() throws IOException {
    try (TestPhone caller = TestPhone.tcp("1001", rig).registered();
        TestPhone phone = TestPhone.udp("1002", rig).registered()) {
      caller.send(caller.invite(CALLED).build());
      SipMessage invite = phone.nextRequest("INVITE");
      phone.send(phone.answer(invite, 200).set("To", "<" + CALLED + ">").build());
      assertEquals(200, caller.finalAnswer().status());
      assertEquals(0, rig.pbx.callCount().calls());
    }
  }

  @Test
  public void aCallThatComesTwiceWhileItIsDecidedOnRingsOnce() throws IOException {
    CountDownLatch decided = new CountDownLatch(1);
    rig.services.admission =
        Optional.of(
            attempt -> {
              await(decided);
              return new AdmissionDecision.Admitted();
            });
    try (TestPhone caller = TestPhone.tcp("1001", rig).registered();
        TestPhone phone = TestPhone.udp("1002", rig).registered()) {
      SipMessage invite = caller.invite(CALLED).build();
      caller.send(invite);
      caller.send(invite.edit().set("Via", caller.via()).build());
      assertEquals(List.of(100, 100), List.of(caller.next().status(), caller.next().status()));
      decided.countDown();
      assertEquals(482, caller.finalAnswer().status());
      phone.send(phone.answer(phone.nextRequest("INVITE"), 200).build());
      SipMessage ok = caller.finalAnswer();
      assertEquals(200, ok.status());
      assertEquals(1, rig.pbx.callCount().calls());
      caller.send(caller.inDialog(ok, "BYE", 2).build());
      phone.send(phone.answer(phone.nextRequest("BYE"), 200).build());
      assertEquals(200, caller.finalAnswer().status());
      assertEquals(0, rig.pbx.callCount().calls());
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
