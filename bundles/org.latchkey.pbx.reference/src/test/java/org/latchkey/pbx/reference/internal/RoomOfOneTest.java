package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Test;
import org.latchkey.pbx.reference.internal.message.SipMessage;

/** What the calls of one key or trunk leave behind takes no room of anybody else. */
public class RoomOfOneTest {

  private static final String FAMILY = "sip:1002@example.org";

  private final PbxRig rig = new PbxRig();
  private final List<TestPhone> family = new ArrayList<>();

  @After
  public void closePbx() throws IOException {
    rig.close();
    for (TestPhone phone : family) {
      phone.close();
    }
  }

  @Test
  public void aPhoneThatFillsItsShareLeavesTheOthersTheirs() throws IOException {
    try (TestPhone greedy = TestPhone.tcp("1001", rig).registered();
        TestPhone other = TestPhone.tcp("1003", rig).registered();
        TestPhone called = TestPhone.tcp("1004", rig).registered()) {
      fillShareOf(greedy);
      SipMessage call = other.invite(called.aor()).build();
      other.send(call);
      called.isRungBy(call);
    }
  }

  @Test
  public void soDoesATrunkAndAnEmergencyServiceCallsBackThroughItAllTheSame() throws IOException {
    try (TestPhone trunk = TestPhone.udp("0301", rig);
        TestPhone centre = TestPhone.tcp("112", rig).registered();
        TestPhone other = TestPhone.tcp("1003", rig).registered();
        TestPhone inNeed = TestPhone.tcp("1004", rig).registered()) {
      rig.trunks("provider=127.0.0.1:" + trunk.port());
      fillShareOf(trunk);
      SipMessage call = other.invite(inNeed.aor()).build();
      other.send(call);
      inNeed.isRungBy(call);
      trunk.send(trunk.invite(inNeed.aor()).build());
      SipMessage refusal = trunk.finalAnswer();
      assertEquals(503, refusal.status());
      inNeed.send(inNeed.invite("sip:112@example.org").build());
      centre.nextRequest("INVITE");
      SipMessage back = trunk.invite(inNeed.aor()).build();
      trunk.send(back);
      inNeed.isRungBy(back);
    }
  }

  /** Calls ten phones at once, with much to say, until there is no room for another call. */
  private void fillShareOf(TestPhone caller) throws IOException {
    for (int i = 0; i < 10; i++) {
      family.add(TestPhone.tcp("1002", rig).registered());
    }
    int status = callsWithMuch(caller);
    for (int calls = 0; status == 100; calls++) {
      assertTrue("there is no end to it", calls < 120);
      family.forEach(phone -> phone.nextRequest("INVITE"));
      status = callsWithMuch(caller);
    }
    assertEquals(503, status);
  }

  private static int callsWithMuch(TestPhone caller) {
    SipMessage invite = caller.invite(FAMILY).body(new byte[60_000]).build();
    caller.send(invite);
    SipMessage answer = caller.next();
    while (!answer.callId().equals(invite.callId())) {
      answer = caller.next();
    }
    return answer.status();
  }
}
