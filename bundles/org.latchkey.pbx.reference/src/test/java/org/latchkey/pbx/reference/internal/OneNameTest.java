package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import org.junit.After;
import org.junit.Test;
import org.latchkey.admission.CallAttempt;
import org.latchkey.admission.Originator;
import org.latchkey.pbx.reference.internal.message.SipMessage;

/** A device whose one name is extension, hyphen and key identifier is the extension. */
public class OneNameTest {

  private static final String NAME = "1001-k0123456789abcdefghjkmnpqrstvwxy";
  private static final String URI = "sip:" + NAME + "@" + PbxRig.DOMAIN;

  private final PbxRig rig = new PbxRig();

  @After
  public void closePbx() {
    rig.close();
  }

  @Test
  public void itIsRegisteredAsTheExtensionAndRings() throws IOException {
    try (TestPhone device = TestPhone.udp("1001", rig);
        TestPhone caller = TestPhone.tcp("1002", rig).registered()) {
      assertEquals(200, device.proved(named(device.register(600)).build()).status());
      assertEquals(
          1,
          rig.pbx.registrations().stream()
              .filter(one -> one.aor().toString().equals("1001@example.org"))
              .count());
      for (String called : new String[] {"sip:1001@" + PbxRig.DOMAIN, URI}) {
        SipMessage invite = caller.invite(called).build();
        caller.send(invite);
        device.isRungBy(invite);
      }
    }
  }

  @Test
  public void itCallsAsTheExtension() throws IOException {
    try (TestPhone device = TestPhone.udp("1001", rig);
        TestPhone called = TestPhone.udp("1002", rig).registered()) {
      assertEquals(200, device.proved(named(device.register(600)).build()).status());
      SipMessage invite =
          device.invite("sip:1002@" + PbxRig.DOMAIN).set("From", '<' + URI + ">;tag=a").build();
      device.send(invite);
      SipMessage challenge = device.finalAnswer();
      assertEquals(407, challenge.status());
      device.send(device.answering(invite, challenge, KeyedAuthenticator.secretOf("1001")));
      called.isRungBy(invite);
      CallAttempt attempt = rig.services.attempts.remove();
      assertTrue(
          attempt.originator() instanceof Originator.Phone phone
              && phone.aor().toString().equals("1001@example.org")
              && phone.registered());
    }
  }

  private static SipMessage.Editor named(SipMessage.Editor request) {
    return request.set("From", '<' + URI + ">;tag=a").set("To", '<' + URI + '>');
  }
}
