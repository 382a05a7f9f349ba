package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import org.junit.Test;
import org.latchkey.itests.fixture.Commands;
import org.latchkey.itests.fixture.Console;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.SharedNode;

/** The doctor is all green on a healthy node, and names what is broken on an ill one. */
public final class DoctorIT {

  @Test
  public void aHealthyNodeIsAllGreenAndLeftAsItWas() throws Exception {
    LatchkeyNode node = SharedNode.node();
    int calls = SharedNode.trunk().calls().size();
    Commands.Result result = doctor(node);
    assertEquals(result.output(), 0, result.exit());
    assertEquals("no emergency call", calls, SharedNode.trunk().calls().size());
    String probe = node.shell("latchkey:phone latchkey-probe");
    assertTrue(probe, probe.contains("revoked"));
    String audit = node.shell("latchkey:audit --limit 20");
    assertTrue(audit, audit.contains("doctor"));
    assertEquals(0, doctor(node).exit());
  }

  @Test
  public void aTakenSipPortIsNamed() throws Exception {
    try (LatchkeyNode node = LatchkeyNode.unpacked();
        DatagramSocket thief =
            new DatagramSocket(node.port("sip"), InetAddress.getLoopbackAddress())) {
      node.launch();
      node.awaitPort("ssh");
      node.awaitPort("https");
      Commands.Result result = doctor(node);
      assertFalse(result.output(), result.exit() == 0);
      assertTrue(result.output(), result.output().contains("" + thief.getLocalPort()));
    }
  }

  @Test
  public void aWrongCertificateNameIsNamed() throws Exception {
    try (LatchkeyNode node = LatchkeyNode.unpacked()) {
      node.start();
      node.set("org.latchkey.https", "publicName", "phones.example.org");
      org.latchkey.itests.fixture.Await.until(
          "the doctor sees it",
          java.time.Duration.ofMinutes(1),
          () -> doctor(node).output().contains("phones.example.org"));
      Commands.Result result = doctor(node);
      assertFalse(result.output(), result.exit() == 0);
    }
  }

  private static Commands.Result doctor(LatchkeyNode node) throws IOException {
    try (Console console = node.console("admin")) {
      return console.run("latchkey:doctor");
    }
  }
}
