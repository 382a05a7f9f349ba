package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import org.junit.After;
import org.junit.Test;
import org.latchkey.admission.Originator;
import org.latchkey.pbx.reference.internal.message.SipMessage;

/**
 * A desk phone on UDP calls for help. Its address can be forged, so it is told as unproved; but who
 * speaks inside the call has heard the answer, which went to that address.
 */
public class DatagramPhoneEmergencyTest {

  private static final String EMERGENCY = "sip:112@example.org";

  private final PbxRig rig = new PbxRig();

  @After
  public void closePbx() {
    rig.close();
  }

  @Test
  public void itSaysMoreInsideItsCallThanAStrangerMay() throws Exception {
    try (TestPhone centre = TestPhone.tcp("112", rig).registered();
        TestPhone phone = TestPhone.udp("1001", rig).registered()) {
      SipMessage ok = helped(phone, centre);
      for (int i = 0; i < 25; i++) {
        phone.send(phone.inDialog(ok, "INFO", 2 + i).build());
        centre.send(centre.answer(centre.nextRequest("INFO"), 200).build());
        assertEquals("INFO " + i, 200, phone.finalAnswer().status());
      }
      phone.send(phone.inDialog(ok, "MESSAGE", 99).build());
      centre.send(centre.answer(centre.nextRequest("MESSAGE"), 200).build());
      assertEquals(200, phone.finalAnswer().status());
      assertTrue(rig.services.permittedCalls.take().originator() instanceof Originator.Unproved);
    }
  }

  @Test
  public void itHangsUpFromWhereItHasRegisteredSince() throws IOException {
    try (TestPhone centre = TestPhone.tcp("112", rig).registered();
        TestPhone phone = TestPhone.udp("1001", rig).registered();
        TestPhone moved = TestPhone.udp("1001", rig)) {
      SipMessage ok = helped(phone, centre);
      moved.registered();
      moved.send(moved.inDialog(ok, "BYE", 2).build());
      centre.send(centre.answer(centre.nextRequest("BYE"), 200).build());
      assertEquals(200, moved.finalAnswer().status());
      assertEquals(0, rig.pbx.callCount().calls());
    }
  }

  private static SipMessage helped(TestPhone phone, TestPhone centre) {
    phone.send(phone.invite(EMERGENCY).build());
    centre.send(centre.answer(centre.nextRequest("INVITE"), 200).build());
    SipMessage ok = phone.finalAnswer();
    phone.send(phone.inDialog(ok, "ACK", 1).build());
    return ok;
  }
}
