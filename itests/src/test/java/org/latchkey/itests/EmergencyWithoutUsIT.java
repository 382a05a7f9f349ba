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
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SharedNode;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;
import org.latchkey.itests.fixture.Trunk;

/** 112 gets through with each of our bundles stopped, and with all of them. */
public final class EmergencyWithoutUsIT {

  private static final Pattern BUNDLE =
      Pattern.compile("(?m)^\\s*\\d+.*\\b(org\\.latchkey\\.[a-z.]+)\\b.*$");

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
      if (!name.equals("org.latchkey.api") && !name.equals("org.latchkey.pbx.reference")) {
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
      UnprovedCallersIT.hangUp(wire, "sip:112@localhost", answer);
    }
  }
}
