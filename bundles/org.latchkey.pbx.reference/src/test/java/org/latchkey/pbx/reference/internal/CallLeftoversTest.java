package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import org.junit.After;
import org.junit.Test;
import org.latchkey.pbx.reference.internal.message.SipMessage;

/** Whatever a phone answers, nothing of a call is left when it is over. */
public class CallLeftoversTest {

  private static final String CALLED = "sip:1002@example.org";

  private final PbxRig rig = new PbxRig();

  @After
  public void closePbx() {
    rig.close();
  }

  @Test
  public void ofAPhoneThatMakesUpManyTagsNoneIsRemembered() throws IOException {
    try (TestPhone caller = TestPhone.tcp("1001", rig).registered();
        TestPhone phone = TestPhone.udp("1002", rig).registered()) {
      SipMessage invite = rings(caller, phone);
      for (int i = 0; i < 30; i++) {
        phone.send(ringing(phone, invite, "t" + i));
        assertEquals("t" + i, nextRinging(caller).tag("To"));
      }
      assertEquals(1, rig.pbx.hangUp("k1001"));
      phone.send(phone.answer(invite, 486).build());
      assertEquals(480, caller.finalAnswer().status());
      assertEquals("what the PBX still takes for calls", 0, rig.pbx.hangUp("k1001"));
    }
  }

  @Test
  public void aTagThatNobodyCouldRepeatIsNotRemembered() throws IOException {
    try (TestPhone caller = TestPhone.tcp("1001", rig).registered();
        TestPhone phone = TestPhone.udp("1002", rig).registered()) {
      SipMessage invite = rings(caller, phone);
      phone.send(ringing(phone, invite, "t".repeat(513)));
      nextRinging(caller);
      assertEquals("sides the PBX knows", 0, rig.pbx.hangUp("k1002"));
      phone.send(ringing(phone, invite, "t".repeat(512)));
      nextRinging(caller);
      assertEquals("sides the PBX knows", 1, rig.pbx.hangUp("k1002"));
    }
  }

  @Test
  public void anAnswerThatComesWhenTheCallIsOverBringsNothingBack() throws IOException {
    try (TestPhone caller = TestPhone.tcp("1001", rig).registered();
        TestPhone phone = TestPhone.udp("1002", rig).registered()) {
      SipMessage invite = rings(caller, phone);
      phone.send(phone.answer(invite, 200).build());
      SipMessage ok = caller.finalAnswer();
      caller.send(caller.inDialog(ok, "BYE", 2).build());
      phone.send(phone.answer(phone.nextRequest("BYE"), 200).build());
      assertEquals(200, caller.finalAnswer().status());
      phone.send(phone.answer(invite, 200).set("To", "<" + CALLED + ">;tag=late").build());
      assertEquals("late", caller.finalAnswer().tag("To"));
      assertEquals("what the PBX still takes for calls", 0, rig.pbx.hangUp("k1001"));
    }
  }

  private static SipMessage rings(TestPhone caller, TestPhone phone) {
    caller.send(caller.invite(CALLED).build());
    return phone.nextRequest("INVITE");
  }

  private static SipMessage ringing(TestPhone phone, SipMessage invite, String tag) {
    return phone.answer(invite, 180).set("To", "<" + CALLED + ">;tag=" + tag).build();
  }

  private static SipMessage nextRinging(TestPhone caller) {
    SipMessage answer = caller.next();
    while (answer.status() != 180) {
      answer = caller.next();
    }
    return answer;
  }
}
