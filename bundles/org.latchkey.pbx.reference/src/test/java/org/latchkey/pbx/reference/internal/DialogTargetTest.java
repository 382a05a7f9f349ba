package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.io.IOException;
import java.util.List;
import org.junit.After;
import org.junit.Test;
import org.latchkey.pbx.reference.internal.message.SipMessage;

/** Inside a call, too, only the PBX says where a request goes: RFC 3261 section 12.2.1.1. */
public class DialogTargetTest {

  private static final String PREMIUM = "sip:+19005550100@carrier.example";

  private final PbxRig rig = new PbxRig();

  @After
  public void closePbx() {
    rig.close();
  }

  @Test
  public void aCallerInAnEmergencyCallChoosesNoOtherTargetAtTheTrunk() throws IOException {
    try (TestPhone trunk = TestPhone.udp("emergency", rig);
        TestPhone stranger = TestPhone.udp("x", rig)) {
      rig.emergencyAt(trunk);
      SipMessage ok = answered(stranger, trunk, stranger.invite("sip:112@example.org"));
      for (String method : List.of("ACK", "INVITE", "UPDATE", "INFO", "BYE")) {
        stranger.send(
            stranger
                .inDialog(ok, method, method.equals("ACK") ? 1 : 2)
                .uri(PREMIUM)
                .add("Route", "<sip:carrier.example;lr>")
                .add("Replaces", "someone;to-tag=a;from-tag=b")
                .add("Join", "someone;to-tag=a;from-tag=b")
                .add("Refer-To", "<" + PREMIUM + ">")
                .build());
        SipMessage received = nextOf(trunk, method);
        assertEquals(trunk.contact(), received.uri());
        for (String gone : List.of("Route", "Replaces", "Join", "Refer-To")) {
          assertFalse(method + " with " + gone, received.header(gone).isPresent());
        }
        if (!method.equals("ACK")) {
          trunk.send(trunk.answer(received, 200).build());
          assertEquals(200, stranger.finalAnswer().status());
        }
      }
    }
  }

  @Test
  public void aCallerDoesNotRecordARouteForTheOtherSide() throws IOException {
    try (TestPhone trunk = TestPhone.udp("emergency", rig);
        TestPhone stranger = TestPhone.udp("x", rig)) {
      rig.emergencyAt(trunk);
      SipMessage ok =
          answered(
              stranger,
              trunk,
              stranger
                  .invite("sip:112@example.org")
                  .add("Record-Route", "<sip:carrier.example;lr>"));
      stranger.send(stranger.inDialog(ok, "ACK", 1).build());
      assertFalse(nextOf(trunk, "ACK").header("Route").isPresent());
    }
  }

  @Test
  public void theRoutesThatTheCalledSideRecordedAreTakenInItsOrder() throws IOException {
    try (TestPhone trunk = TestPhone.udp("emergency", rig);
        TestPhone stranger = TestPhone.udp("x", rig)) {
      rig.emergencyAt(trunk);
      stranger.send(stranger.invite("sip:112@example.org").build());
      SipMessage invite = nextOf(trunk, "INVITE");
      trunk.send(trunk.answer(invite, 180).build());
      SipMessage.Editor recorded = trunk.answer(invite, 200);
      recorded.addFirst("Record-Route", "<sip:near.example;lr>");
      recorded.addFirst("Record-Route", "<sip:far.example;lr>");
      trunk.send(recorded.build());
      stranger.send(stranger.inDialog(stranger.finalAnswer(), "ACK", 1).build());
      assertEquals(
          List.of("<sip:near.example;lr>", "<sip:far.example;lr>"),
          nextOf(trunk, "ACK").values("Route"));
    }
  }

  @Test
  public void theCalledSideReachesTheCallerAtItsOwnContact() throws IOException {
    try (TestPhone trunk = TestPhone.udp("emergency", rig);
        TestPhone stranger = TestPhone.udp("x", rig)) {
      rig.emergencyAt(trunk);
      stranger.send(stranger.invite("sip:112@example.org").build());
      SipMessage invite = nextOf(trunk, "INVITE");
      SipMessage ok = trunk.answer(invite, 200).build();
      trunk.send(ok);
      stranger.send(stranger.inDialog(stranger.finalAnswer(), "ACK", 1).build());
      trunk.send(trunk.inDialogAsCalled(invite, ok, "INVITE", 7).build());
      assertEquals(stranger.contact(), nextOf(stranger, "INVITE").uri());
    }
  }

  private static SipMessage answered(TestPhone caller, TestPhone trunk, SipMessage.Editor invite) {
    caller.send(invite.build());
    trunk.send(trunk.answer(nextOf(trunk, "INVITE"), 200).build());
    return caller.finalAnswer();
  }

  private static SipMessage nextOf(TestPhone phone, String method) {
    SipMessage message = phone.next();
    while (!message.isRequest() || !message.method().equals(method)) {
      message = phone.next();
    }
    return message;
  }
}
