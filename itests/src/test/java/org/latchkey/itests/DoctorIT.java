package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import org.junit.Test;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Commands;
import org.latchkey.itests.fixture.Console;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.OwnClock;
import org.latchkey.itests.fixture.OwnDisk;
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
      assertFinds(node, "SIP port", "" + thief.getLocalPort(), "ss -");
    }
  }

  @Test
  public void aWrongCertificateNameIsNamed() throws Exception {
    try (LatchkeyNode node = LatchkeyNode.unpacked()) {
      node.start();
      node.set("org.latchkey.https", "publicName", "phones.example.org");
      Await.until(
          "the doctor sees it",
          Duration.ofMinutes(1),
          () -> doctor(node).output().contains("phones.example.org"));
      assertFinds(node, "HTTPS certificate", "phones.example.org", "publicName");
    }
  }

  @Test
  public void aFullDiskAndAReadOnlyStoreAreNamedAndHealWithoutARestart() throws Exception {
    try (LatchkeyNode node = LatchkeyNode.unpacked()) {
      OwnDisk disk = OwnDisk.of(node);
      node.start();
      node.awaitStore();
      assertHealthy(node);

      disk.fill();
      assertFinds(node, "disk", "No space left", "Make room");
      disk.makeRoom();
      awaitHealth(node);

      node.shell("bundle:stop org.latchkey.store org.latchkey.audit");
      disk.makeReadOnly();
      node.shell("bundle:start org.latchkey.store org.latchkey.audit");
      assertFinds(node, "disk", "Read-only file system", "mount it writable");
      assertFinds(node, "audit log", "can't be written", "latchkey/store");
      disk.makeWritable();
      awaitHealth(node);
    }
  }

  @Test
  public void aClockThatIsOffIsNamedAndHealsWithoutARestart() throws Exception {
    try (LatchkeyNode node = LatchkeyNode.unpacked()) {
      OwnClock clock = OwnClock.of(node);
      node.start();
      node.awaitStore();
      assertHealthy(node);

      clock.set(Duration.ofDays(-1));
      awaitFinding(node, "clock", "The clock says", "Set the clock");

      clock.set(Duration.ofDays(30 * 365));
      awaitFinding(node, "clock", "certificate is valid from", "Set the clock");
      awaitFinding(node, "HTTPS certificate", "is not valid then", "clock");

      clock.set(Duration.ZERO);
      awaitHealth(node);
    }
  }

  private static void assertHealthy(LatchkeyNode node) throws IOException {
    Commands.Result result = doctor(node);
    assertEquals(result.output(), 0, result.exit());
  }

  private static void awaitHealth(LatchkeyNode node) {
    Await.until("all is well again", Duration.ofMinutes(1), () -> doctor(node).exit() == 0);
  }

  private static void awaitFinding(LatchkeyNode node, String step, String saw, String next) {
    Await.until(
        step + " fails",
        Duration.ofSeconds(30),
        () -> {
          assertFinds(node, step, saw, next);
          return true;
        });
  }

  /** The doctor ends with a failure, and its step says what it saw and what to do. */
  private static void assertFinds(LatchkeyNode node, String step, String saw, String next)
      throws IOException {
    Commands.Result result;
    try (Console console = node.console("admin")) {
      result = console.run("latchkey:doctor --json");
    }
    String output = result.output();
    assertFalse(output, result.exit() == 0);
    Map<?, ?> found = step(output, step);
    assertEquals(output, "FAILED", found.get("outcome"));
    assertTrue(output, String.valueOf(found.get("saw")).contains(saw));
    assertTrue(output, String.valueOf(found.get("next")).contains(next));
  }

  private static Map<?, ?> step(String output, String name) throws IOException {
    String json = output.substring(output.indexOf('['), output.lastIndexOf(']') + 1);
    for (Object step : JSON.std.listFrom(json)) {
      if (step instanceof Map<?, ?> map && name.equals(map.get("name"))) {
        return map;
      }
    }
    throw new AssertionError("no step " + name + " in " + output);
  }

  private static Commands.Result doctor(LatchkeyNode node) throws IOException {
    try (Console console = node.console("admin")) {
      return console.run("latchkey:doctor");
    }
  }
}
