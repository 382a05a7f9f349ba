package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.After;
import org.junit.Test;
import org.latchkey.admission.Originator;
import org.latchkey.pbx.reference.internal.call.TrunkSources;

public class TrunkTest {

  private final PbxRig rig = new PbxRig();

  @After
  public void closePbx() {
    rig.close();
  }

  @Test
  public void anEmergencyServiceCallsBackThroughTheTrunkWithoutAChallenge() throws IOException {
    try (TestPhone trunk = TestPhone.udp("112", rig);
        TestPhone called = TestPhone.udp("1002", rig).registered()) {
      rig.trunks("provider=127.0.0.1:" + trunk.port());
      trunk.send(
          trunk
              .invite("sip:1002@example.org")
              .set("From", "<sip:112@provider.example>;tag=a")
              .build());
      assertEquals("INVITE", called.next().method());
      Originator who = rig.services.attempts.remove().originator();
      assertTrue(who instanceof Originator.Trusted provider && provider.name().equals("provider"));
    }
  }

  @Test
  public void aTrunkReachesPhonesAndNothingElse() throws IOException {
    try (TestPhone trunk = TestPhone.udp("0301", rig)) {
      rig.trunks("provider=127.0.0.0/8");
      trunk.send(trunk.invite("sip:0900123@elsewhere.example").build());
      assertEquals(404, trunk.finalAnswer().status());
      trunk.send(trunk.invite("sip:1002@example.org").build());
      assertEquals(480, trunk.finalAnswer().status());
    }
  }

  @Test
  public void aStrangerBesideTheTrunkIsChallenged() throws IOException {
    try (TestPhone trunk = TestPhone.udp("0301", rig);
        TestPhone stranger = TestPhone.udp("1001", rig)) {
      rig.trunks("provider=127.0.0.1:" + trunk.port());
      stranger.send(stranger.invite("sip:1002@example.org").build());
      assertEquals(407, stranger.finalAnswer().status());
    }
  }

  @Test
  public void anEntryThatIsNoTrunkIsNamed() {
    for (String wrong : List.of("127.0.0.1", "a=b.example", "a=10.0.0.1:0", "a=10.0.0.1:70000")) {
      IllegalArgumentException named =
          assertThrows(IllegalArgumentException.class, () -> TrunkSources.of(List.of(wrong)));
      assertTrue(named.getMessage(), named.getMessage().contains(wrong.replaceFirst("^a=b", "b")));
    }
    TrunkSources.of(List.of("six=[2001:db8::/32]:5060", "four = 192.0.2.1"));
  }
}
