package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.After;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Console;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SharedNode;
import org.latchkey.itests.fixture.SipCall;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;
import org.latchkey.itests.fixture.Trunk;

/** 112 gets through with each of our bundles stopped, and with all of them. */
public final class EmergencyWithoutUsIT {

  private static final Pattern BUNDLE =
      Pattern.compile("(?m)^\\s*\\d+.*\\b(org\\.latchkey\\.[a-z.]+)\\b.*$");

  private static final String PBX = "org.latchkey.pbx.reference";

  private static LatchkeyNode node;
  private static Trunk trunk;
  private static ProvisionedKey key;
  private static List<String> bundles;

  @BeforeClass
  public static void enrol() throws IOException {
    node = SharedNode.node();
    trunk = SharedNode.trunk();
    key = ProvisionedKey.enrolled(node, "2201");
    bundles = new ArrayList<>();
    Matcher line = BUNDLE.matcher(node.shell("bundle:list -t 0 -s --no-ellipsis --no-format"));
    while (line.find()) {
      String name = line.group(1);
      if (!name.equals("org.latchkey.api") && !name.equals(PBX)) {
        bundles.add(name);
      }
    }
    assertTrue("our bundles: " + bundles, bundles.size() >= 8);
  }

  @Before
  @After
  public void startAll() throws IOException {
    node.shell("bundle:start " + String.join(" ", bundles));
  }

  /** Other tests go on with this node. */
  @AfterClass
  public static void everythingIsBack() {
    Await.until(
        "the store is back",
        Duration.ofMinutes(1),
        () -> {
          try (Console console = node.console("admin")) {
            return console.run("latchkey:enrolments").exit() == 0;
          }
        });
  }

  @Test
  public void withEachBundleStoppedInTurn() throws Exception {
    for (String bundle : bundles) {
      node.shell("bundle:stop " + bundle);
      call(bundle + " stopped");
      node.shell("bundle:start " + bundle);
    }
  }

  @Test
  public void withAllBundlesStopped() throws Exception {
    node.shell("bundle:stop " + String.join(" ", bundles));
    call("all stopped");
  }

  /** The restart of its bundle makes the reference PBX read its settings as a start does. */
  @Test
  public void withNumbersInTheSettingsThatAreNoneAndTheReferencePbxRestarted() throws Exception {
    slip("org.latchkey.destinations", "unprovedPerSource", "two", "2");
    slip("org.latchkey.pbx.reference", "maxCalls", "many", "10000");
  }

  private void slip(String pid, String name, String wrong, String right) throws Exception {
    node.set(pid, name, wrong);
    try {
      awaitStatus(pid, true);
      node.shell("bundle:restart " + PBX);
      awaitStatus(pid, true);
      call(name + " = " + wrong);
    } finally {
      node.set(pid, name, right);
    }
    awaitStatus(pid, false);
  }

  private static void awaitStatus(String pid, boolean faulty) {
    Await.until(
        pid + " in the status: " + faulty,
        Duration.ofSeconds(30),
        () -> {
          try (Console console = node.console("admin")) {
            String status = console.run("latchkey:status").output();
            return status.contains("reference PBX")
                && status.contains(pid + ".cfg was not taken") == faulty;
          }
        });
  }

  private void call(String when) throws Exception {
    try (SipWire wire = SipWire.udp(node.port("sip"))) {
      ScriptedPhone stranger = new ScriptedPhone(wire, key);
      String call = ScriptedPhone.unique("alone");
      SipMessage answer =
          stranger.exchange(stranger.invite("sip:112@localhost", call, Optional.empty()));
      assertEquals(when, 200, answer.status());
      trunk.awaitCall(call);
      wire.send(
          stranger.invite("sip:2202@localhost", ScriptedPhone.unique("other"), Optional.empty()));
      Optional<SipMessage> other =
          wire.poll(Duration.ofSeconds(1), m -> m.status() > 100 && m.status() != 200);
      assertTrue(when + ": " + other, other.isEmpty() || other.get().status() >= 400);
      SipCall.hangUp(wire, "sip:112@localhost", answer);
    }
  }
}
