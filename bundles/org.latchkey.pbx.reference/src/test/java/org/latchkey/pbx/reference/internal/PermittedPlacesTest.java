package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Test;
import org.latchkey.admission.DestinationsSetting;
import org.latchkey.admission.Originator;
import org.latchkey.admission.PermittedCall;
import org.latchkey.admission.PermittedDestinations.Kind;
import org.latchkey.pbx.reference.internal.call.PermittedCalls;
import org.latchkey.pbx.reference.internal.message.SipMessage;

/** Who has a place when many call permitted destinations at once. */
public class PermittedPlacesTest {

  private static final String EMERGENCY = "sip:112@example.org";
  private static final String HELP_DESK = "sip:7000@example.org";

  private final PbxRig rig = new PbxRig();

  @After
  public void closePbx() {
    rig.close();
  }

  @Test
  public void callsToTheHelpDeskTakeNoPlaceOfAnEmergencyCall() throws IOException {
    try (TestPhone centre = TestPhone.udp("112", rig).registered();
        TestPhone helpDesk = TestPhone.udp("7000", rig).registered();
        TestPhone stranger = TestPhone.udp("x", rig)) {
      rings(stranger, helpDesk, HELP_DESK);
      rings(stranger, helpDesk, HELP_DESK);
      assertEquals(407, refused(stranger, HELP_DESK));
      rings(stranger, centre, EMERGENCY);
    }
  }

  @Test
  public void aPhoneThatMovedProvesItselfWhenAllPlacesAreTaken() throws Exception {
    try (TestPhone centre = TestPhone.udp("112", rig).registered();
        TestPhone stranger = TestPhone.udp("x", rig);
        TestPhone before = TestPhone.udp("1001", rig).registered();
        TestPhone moved = TestPhone.udp("1001", rig)) {
      rings(stranger, centre, EMERGENCY);
      rings(stranger, centre, EMERGENCY);
      SipMessage invite = moved.invite(EMERGENCY).build();
      moved.send(invite);
      SipMessage challenge = moved.finalAnswer();
      assertEquals(407, challenge.status());
      moved.send(moved.answering(invite, challenge, KeyedAuthenticator.secretOf("1001")));
      assertEquals(invite.callId(), nextInvite(centre).callId());
      PermittedCall last = rig.services.permittedCalls.take();
      while (!(last.originator() instanceof Originator.Phone)) {
        last = rig.services.permittedCalls.take();
      }
      assertTrue(last.routed());
      assertTrue(before.within(100).isEmpty());
    }
  }

  @Test
  public void whoCanProveNothingIsToldBusyWithoutWaiting() throws IOException {
    try (TestPhone centre = TestPhone.udp("112", rig).registered();
        TestPhone stranger = TestPhone.udp("x", rig)) {
      rings(stranger, centre, EMERGENCY);
      rings(stranger, centre, EMERGENCY);
      SipMessage elsewhere =
          stranger.invite(EMERGENCY).set("From", "<sip:x@elsewhere.example>;tag=1").build();
      stranger.send(elsewhere);
      assertEquals(486, stranger.finalAnswer().status());
      rig.services.keyed.unavailable.set(true);
      assertEquals(486, refused(stranger, EMERGENCY));
      rig.services.authenticator = Optional.empty();
      assertEquals(486, refused(stranger, EMERGENCY));
    }
  }

  @Test
  public void aCallerWhoGivesUpWhileItIsProvedDoesNotRing() throws Exception {
    try (TestPhone centre = TestPhone.udp("112", rig).registered();
        TestPhone stranger = TestPhone.udp("x", rig)) {
      rings(stranger, centre, EMERGENCY);
      rings(stranger, centre, EMERGENCY);
      var asked = new CountDownLatch(1);
      var answer = new CountDownLatch(1);
      rig.services.authenticator =
          Optional.of(
              request -> {
                asked.countDown();
                await(answer);
                return rig.services.keyed.authenticate(request);
              });
      SipMessage invite = stranger.invite(EMERGENCY).build();
      stranger.send(invite);
      await(asked);
      stranger.send(CallTest.cancelOf(invite));
      assertEquals(200, stranger.finalAnswer().status());
      answer.countDown();
      assertEquals(487, stranger.finalAnswer().status());
    }
  }

  @Test
  public void oneRegisteredPhoneHasFewSurePlacesAndThenThoseOfStrangers() throws IOException {
    try (TestPhone centre = TestPhone.udp("112", rig).registered();
        TestPhone other = TestPhone.udp("1003", rig).registered();
        TestPhone phone = TestPhone.udp("1001", rig).registered()) {
      for (int i = 0; i < 4; i++) {
        rings(phone, centre, EMERGENCY);
      }
      assertEquals(0, rig.pbx.callCount().unproved());
      rings(phone, centre, EMERGENCY);
      rings(phone, centre, EMERGENCY);
      assertEquals(2, rig.pbx.callCount().unproved());
      assertEquals(407, refused(phone, EMERGENCY));
      rings(other, centre, EMERGENCY);
    }
  }

  @Test
  public void callsOfATrunkTakeNoPlaceOfOtherStrangers() throws Exception {
    try (TestPhone centre = TestPhone.udp("112", rig).registered();
        TestPhone trunk = TestPhone.udp("0301", rig);
        TestPhone stranger = TestPhone.udp("x", rig)) {
      rig.trunks("provider=127.0.0.1:" + trunk.port());
      for (int i = 0; i < 8; i++) {
        rings(trunk, centre, EMERGENCY);
      }
      assertEquals(486, refused(trunk, EMERGENCY));
      assertTrue(rig.services.permittedCalls.take().originator() instanceof Originator.Trusted);
      rings(stranger, centre, EMERGENCY);
      assertEquals(1, rig.pbx.callCount().unproved());
    }
  }

  @Test
  public void theTestDestinationIsForThisMachineAndForPhonesOnly() throws IOException {
    assertFalse(reaches(Kind.TEST, "192.168.1.7", "192.168.1.1"));
    assertTrue(reaches(Kind.TEST, "192.168.1.1", "192.168.1.1"));
    assertTrue(reaches(Kind.TEST, "127.0.0.1", "127.0.0.1"));
    assertTrue(reaches(Kind.HELP_DESK, "192.168.1.7", "192.168.1.1"));
    assertTrue(reaches(Kind.EMERGENCY, "192.168.1.7", "192.168.1.1"));
    assertFalse(reaches(Kind.EMERGENCY, "198.51.100.1", "192.168.1.1"));
  }

  private static boolean reaches(Kind kind, String source, String ours) throws IOException {
    PermittedCalls permitted =
        PermittedCalls.of(
            new DestinationsSetting(
                List.of("112=sip:112@example.org"),
                List.of(),
                List.of(),
                List.of("192.168.0.0/16")),
            2,
            8);
    return permitted.takesUnproved(
        kind, InetAddress.getByName(source), InetAddress.getByName(ours));
  }

  /** Calls, and waits until it rings. */
  private static void rings(TestPhone caller, TestPhone called, String uri) {
    SipMessage invite = caller.invite(uri).build();
    caller.send(invite);
    assertEquals(invite.callId(), nextInvite(called).callId());
  }

  private static int refused(TestPhone caller, String uri) {
    caller.send(caller.invite(uri).build());
    return caller.finalAnswer().status();
  }

  private static SipMessage nextInvite(TestPhone phone) {
    SipMessage message = phone.next();
    while (!message.method().equals("INVITE") || !message.isRequest()) {
      message = phone.next();
    }
    return message;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
