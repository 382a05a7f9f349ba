package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.After;
import org.junit.Test;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.registration.AuthenticationResult;
import org.latchkey.registration.RejectionReason;
import org.latchkey.registration.SipAnswer;

/** A phone whose REGISTERs are answered with 503 and Retry-After calls for help all the same. */
public class LoopingPhoneTest {

  private final PbxRig rig = new PbxRig();

  @After
  public void closePbx() {
    rig.close();
  }

  @Test
  public void aPhoneThatIsToldToWaitReachesTheEmergencyTarget() throws IOException {
    try (TestPhone centre = TestPhone.udp("112", rig).registered();
        TestPhone looping = TestPhone.udp("1001", rig)) {
      rig.services.authenticator = Optional.of(request -> slowed());
      for (int i = 0; i < 5; i++) {
        looping.send(looping.register(600).build());
        SipMessage answer = looping.finalAnswer();
        assertEquals(503, answer.status());
        assertEquals("60", answer.header("Retry-After").orElseThrow());
      }
      SipMessage call = looping.invite("sip:112@example.org").build();
      looping.send(call);
      centre.isRungBy(call);
    }
  }

  private static AuthenticationResult slowed() {
    return new AuthenticationResult.Rejected(
        new SipAnswer(
            503, "Service Unavailable", List.of(new SipAnswer.Header("Retry-After", "60"))),
        RejectionReason.WRONG_SECRET);
  }
}
