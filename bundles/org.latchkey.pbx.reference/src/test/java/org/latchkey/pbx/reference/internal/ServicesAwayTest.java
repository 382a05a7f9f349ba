package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.Optional;
import org.junit.After;
import org.junit.Test;
import org.latchkey.admission.CallAdmission;
import org.latchkey.pbx.reference.internal.message.SipMessage;

public class ServicesAwayTest {

  private final PbxRig rig = new PbxRig();

  @After
  public void closePbx() {
    rig.close();
  }

  @Test
  public void aRegisterWaitsSilentlyAndIsAnsweredWhenTheAuthenticatorIsBack() throws IOException {
    try (TestPhone udp = TestPhone.udp("1001", rig);
        TestPhone tcp = TestPhone.tcp("1002", rig)) {
      rig.services.authenticator = Optional.empty();
      SipMessage register = udp.register(600).build();
      udp.send(register);
      udp.send(register);
      tcp.send(tcp.register(600).build());
      udp.send(udp.request("OPTIONS", "sip:example.org", "sip:example.org").build());
      assertEquals("what came later is answered first", 405, udp.next().status());
      rig.services.authenticator = Optional.of(rig.services.keyed);
      assertEquals(401, udp.next().status());
      assertEquals(401, tcp.next().status());
      assertTrue("resends were absorbed", udp.within(200).isEmpty());
    }
  }

  @Test
  public void aCallThatWaitsDoesNotHoldARegisterOfTheSameNamesBack() throws IOException {
    try (TestPhone phone = TestPhone.udp("1001", rig)) {
      rig.services.authenticator = Optional.empty();
      SipMessage register = phone.register(600).build();
      phone.send(register);
      phone.send(
          phone
              .invite("sip:1002@example.org")
              .set("Via", register.header("Via").orElseThrow())
              .set("Call-ID", register.callId())
              .set("CSeq", register.cseq() + " INVITE")
              .build());
      rig.services.authenticator = Optional.of(rig.services.keyed);
      assertEquals(401 + 407, phone.finalAnswer().status() + phone.finalAnswer().status());
    }
  }

  @Test
  public void anUnavailableAuthenticatorIsAskedAgain() throws IOException {
    try (TestPhone phone = TestPhone.tcp("1001", rig)) {
      rig.services.keyed.unavailable.set(true);
      phone.send(phone.register(600).build());
      assertTrue(phone.within(300).isEmpty());
      rig.services.keyed.unavailable.set(false);
      assertEquals(401, phone.next().status());
    }
  }

  @Test
  public void anAuthenticatorThatThrowsNeverMeansYes() throws IOException {
    try (TestPhone phone = TestPhone.udp("1001", rig)) {
      rig.services.authenticator =
          Optional.of(
              request -> {
                throw new IllegalStateException("told to");
              });
      phone.send(phone.register(600).build());
      assertTrue(phone.within(300).isEmpty());
      assertEquals(0, rig.pbx.bindings().size());
    }
  }

  @Test
  public void anAuthenticatorThatSaysNothingNeverMeansYes() throws IOException {
    try (TestPhone phone = TestPhone.udp("1001", rig)) {
      rig.services.authenticator = Optional.of(request -> null);
      phone.send(phone.register(600).build());
      assertTrue(phone.within(300).isEmpty());
      assertEquals(0, rig.pbx.bindings().size());
    }
  }

  @Test
  public void aCallWaitsALittleForTheCallAdmissionAndIsNotLost() throws IOException {
    try (TestPhone caller = TestPhone.tcp("1001", rig).registered();
        TestPhone called = TestPhone.udp("1002", rig).registered()) {
      Optional<CallAdmission> usual = rig.services.admission;
      rig.services.admission = Optional.empty();
      caller.send(caller.invite("sip:1002@example.org").build());
      assertEquals(100, caller.next().status());
      assertTrue(called.within(300).isEmpty());
      rig.services.admission = usual;
      assertEquals("INVITE", called.next().method());
    }
  }

  @Test
  public void withoutCallAdmissionACallEndsWith503() throws IOException {
    try (TestPhone caller = TestPhone.tcp("1001", rig).registered();
        TestPhone called = TestPhone.udp("1002", rig).registered()) {
      rig.services.admission = Optional.of(attempt -> TestServices.unavailable());
      caller.send(caller.invite("sip:1002@example.org").build());
      assertEquals(100, caller.next().status());
      SipMessage answer = caller.within(20_000).orElseThrow();
      assertEquals(503, answer.status());
      assertEquals(Optional.of("5"), answer.header("Retry-After"));
      assertTrue(called.within(200).isEmpty());
    }
  }

  @Test
  public void bodiesOfRegistersTakeNoRoomAndInvitesThatTakeTooMuchAreRefused() throws IOException {
    try (TestPhone registering = TestPhone.tcp("1001", rig);
        TestPhone calling = TestPhone.tcp("1002", rig)) {
      rig.services.authenticator = Optional.empty();
      for (int i = 0; i < 700; i++) {
        registering.send(registering.register(600).body(new byte[60_000]).build());
      }
      registering.send(registering.request("OPTIONS", "sip:example.org", "sip:b").build());
      assertEquals("all of them wait", 405, registering.next().status());
      for (int i = 0; i < 700; i++) {
        calling.send(calling.invite("sip:1001@example.org").body(new byte[60_000]).build());
      }
      assertEquals(503, calling.within(8_000).orElseThrow().status());
      rig.services.authenticator = Optional.of(rig.services.keyed);
      for (int i = 0; i < 700; i++) {
        assertEquals(401, registering.next().status());
      }
    }
  }

  @Test
  public void aThousandRequestsThatWaitedAreAllAnswered() throws IOException {
    try (TestPhone phone = TestPhone.tcp("1001", rig)) {
      rig.services.authenticator = Optional.empty();
      for (int i = 0; i < 1_000; i++) {
        phone.send(phone.register(600).build());
      }
      rig.services.authenticator = Optional.of(rig.services.keyed);
      for (int i = 0; i < 1_000; i++) {
        assertEquals(401, phone.next().status());
      }
    }
  }
}
