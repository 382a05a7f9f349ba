package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import org.junit.After;
import org.junit.Test;
import org.latchkey.pbx.reference.internal.message.SipMessage;

/** A phone that withholds its number (RFC 3323 section 4.1.1.3) gets help like any other. */
public class WithheldNumberTest {

  private static final String EMERGENCY = "sip:112@example.org";
  private static final String WITHHELD = "\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=w";

  private final PbxRig rig = new PbxRig();

  @After
  public void closePbx() {
    rig.close();
  }

  @Test
  public void aRegisteredPhoneHasItsPlacesWhenStrangersHaveTheirs() throws Exception {
    try (TestPhone centre = TestPhone.udp("112", rig).registered();
        TestPhone stranger = TestPhone.udp("x", rig);
        TestPhone desk = TestPhone.udp("1001", rig).registered();
        TestPhone soft = TestPhone.tcp("1003", rig).registered()) {
      strangersTakeTheirs(stranger, centre);
      rings(desk, centre);
      rings(soft, centre);
      assertEquals("k1003", rig.services.nextPhoneThatCalledForHelp());
    }
  }

  @Test
  public void beyondThoseItProvesItselfAndIsNeverRefused() throws IOException {
    try (TestPhone centre = TestPhone.udp("112", rig).registered();
        TestPhone stranger = TestPhone.udp("x", rig);
        TestPhone phone = TestPhone.udp("1001", rig).registered()) {
      strangersTakeTheirs(stranger, centre);
      for (int i = 0; i < 4; i++) {
        rings(phone, centre);
      }
      SipMessage invite = withheld(phone);
      phone.send(invite);
      SipMessage challenge = phone.finalAnswer();
      assertEquals(407, challenge.status());
      phone.send(phone.answering(invite, challenge, KeyedAuthenticator.secretOf("1001")));
      centre.isRungBy(invite);
    }
  }

  @Test
  public void whoOnlyPassesACallOnThroughAPhoneIsAStranger() throws IOException {
    try (TestPhone centre = TestPhone.udp("112", rig).registered();
        TestPhone stranger = TestPhone.udp("x", rig);
        TestPhone phone = TestPhone.udp("1001", rig).registered()) {
      strangersTakeTheirs(stranger, centre);
      String before = "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKbefore";
      phone.send(withheld(phone).edit().add("Via", before).build());
      assertEquals(486, phone.finalAnswer().status());
    }
  }

  private static void strangersTakeTheirs(TestPhone stranger, TestPhone centre) {
    rings(stranger, centre);
    rings(stranger, centre);
    stranger.send(withheld(stranger));
    assertEquals(486, stranger.finalAnswer().status());
  }

  private static void rings(TestPhone caller, TestPhone centre) {
    SipMessage invite = withheld(caller);
    caller.send(invite);
    centre.isRungBy(invite);
  }

  private static SipMessage withheld(TestPhone caller) {
    return caller.invite(EMERGENCY).set("From", WITHHELD).build();
  }
}
