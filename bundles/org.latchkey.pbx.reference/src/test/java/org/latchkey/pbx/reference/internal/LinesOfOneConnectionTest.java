package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import org.junit.After;
import org.junit.Test;
import org.latchkey.admission.Originator;
import org.latchkey.pbx.reference.internal.message.SipMessage;

/** Where several phones share a connection, as behind another proxy, it proves none of them. */
public class LinesOfOneConnectionTest {

  private static final String CALLED = "sip:1003@example.org";

  private final PbxRig rig = new PbxRig();

  @After
  public void closePbx() {
    rig.close();
  }

  @Test
  public void whoSaysItIsAPhoneOfTheConnectionProvesIt() throws Exception {
    try (TestPhone line = TestPhone.tcp("1001", rig).registered();
        TestPhone called = TestPhone.udp("1003", rig).registered()) {
      TestPhone other = line.otherLine("1002").registered();
      for (TestPhone caller : new TestPhone[] {line, other}) {
        SipMessage invite = caller.invite(CALLED).build();
        caller.send(invite);
        SipMessage challenge = caller.finalAnswer();
        assertEquals(407, challenge.status());
        String secret = KeyedAuthenticator.secretOf(caller.user);
        caller.send(caller.answering(invite, challenge, secret));
        called.isRungBy(invite);
        Originator who = rig.services.attempts.take().originator();
        String key = KeyedAuthenticator.keyOf(caller.user);
        assertTrue(who instanceof Originator.Phone phone && phone.keyIdentifier().equals(key));
      }
    }
  }

  @Test
  public void theConnectionProvesThePhoneAgainThatIsLeftThereAlone() throws IOException {
    try (TestPhone line = TestPhone.tcp("1001", rig).registered();
        TestPhone called = TestPhone.udp("1003", rig).registered()) {
      TestPhone other = line.otherLine("1002").registered();
      assertEquals(200, other.proved(other.register(0).build()).status());
      line.send(line.invite(CALLED).build());
      assertEquals("INVITE", called.nextRequest("INVITE").method());
    }
  }

  @Test
  public void itsCallForHelpIsNotChallengedAndIsToldByTheNameItGives() throws Exception {
    try (TestPhone line = TestPhone.tcp("1001", rig).registered();
        TestPhone centre = TestPhone.udp("112", rig).registered();
        TestPhone stranger = TestPhone.udp("x", rig)) {
      TestPhone other = line.otherLine("1002").registered();
      for (int i = 0; i < 2; i++) {
        stranger.send(stranger.invite("sip:112@example.org").build());
        centre.nextRequest("INVITE");
      }
      SipMessage invite = other.invite("sip:112@example.org").build();
      other.send(invite);
      centre.isRungBy(invite);
      assertEquals("k1002", rig.services.nextPhoneThatCalledForHelp());
    }
  }
}
