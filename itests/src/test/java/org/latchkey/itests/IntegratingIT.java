package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Baresip;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.Ports;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SharedNode;
import org.latchkey.itests.fixture.SipCall;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;
import org.latchkey.itests.fixture.Sounds;

/** A PBX on a SIP stack that is not ours asks the services of a running node. */
public final class IntegratingIT {

  private static final Path TARGET = Path.of("../examples/org.latchkey.example.jain/target");
  private static final String BUNDLE = "org.latchkey.example.jain";
  private static final Duration SOON = Duration.ofSeconds(40);

  private static LatchkeyNode node;
  private static int port;

  @BeforeClass
  public static void installTheExample() throws Exception {
    node = SharedNode.node();
    port = Ports.free();
    node.set(BUNDLE, "port", Integer.toString(port));
    node.shell("bundle:install -s " + jar().toUri());
    Await.until("it answers", SOON, () -> SipWire.isAnswered(port));
  }

  @AfterClass
  public static void takeItAway() throws IOException {
    node.shell("bundle:uninstall " + BUNDLE);
  }

  @Test
  public void aRealPhoneRegistersAndIsDroppedWhenItsKeyIsRevoked() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(node, "3911");
    try (Sounds sounds = Sounds.of("baresip", "alerts");
        Baresip phone = Baresip.started(key, port, sounds)) {
      phone.awaitRegistered(SOON);
      Await.until("it is listed", SOON, () -> isRegistered("3911"));
      node.shell("latchkey:revoke " + key.credentials().keyIdentifier());
      Await.until("it is dropped", Duration.ofSeconds(5), () -> !isRegistered("3911"));
    }
  }

  @Test
  public void aKeyRegistersItsOwnExtensionAndAQuarantinedPhoneCallsEmergencyOnly()
      throws Exception {
    ProvisionedKey anna = ProvisionedKey.enrolled(node, "3912");
    ProvisionedKey ben = ProvisionedKey.enrolled(node, "3913");
    try (SipWire wire = SipWire.udp(port);
        SipWire other = SipWire.udp(port)) {
      ScriptedPhone phone = new ScriptedPhone(wire, anna);
      assertEquals(401, KamailioIT.registered(phone, ben.credentials()).status());
      assertEquals(
          401,
          KamailioIT.registered(phone, anna.credentials().withSecret("0".repeat(26))).status());
      assertEquals(200, phone.register().status());
      assertEquals(200, new ScriptedPhone(other, ben).register().status());
      SipMessage moved = call(phone, "sip:3913@localhost");
      assertEquals(302, moved.status());
      assertTrue(moved.require("Contact").contains(other.address()));
      node.shell("latchkey:hold 3912 --reason noise");
      assertEquals(403, call(phone, "sip:3913@localhost").status());
      assertEquals(302, call(phone, "sip:112@localhost").status());
      node.shell("latchkey:release 3912");
    }
  }

  @Test
  public void credentialsAreGoodOnceAndAReplayIsToldThatItIsStale() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(node, "3914");
    try (SipWire wire = SipWire.udp(port)) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      SipMessage challenge = phone.exchange(phone.registerRequest(Optional.empty()));
      String answer = phone.answerTo(challenge, "REGISTER", phone.registerUri());
      String request = phone.registerRequest(Optional.of(answer));
      assertEquals(200, phone.exchange(request).status());
      assertEquals("a lost answer", 200, phone.exchange(request).status());
      SipMessage replay = phone.exchange(phone.registerRequest(Optional.of(answer)));
      assertEquals(401, replay.status());
      assertTrue(replay.require("WWW-Authenticate").contains("stale=true"));
    }
  }

  private static SipMessage call(ScriptedPhone phone, String uri) throws Exception {
    return SipCall.place(phone, uri, ScriptedPhone.unique("example"));
  }

  private static boolean isRegistered(String extension) {
    try {
      return node.shell("latchkey:phone " + extension).contains("UDP from");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(TARGET)) {
      List<Path> jars =
          files
              .filter(
                  one -> one.getFileName().toString().matches(BUNDLE + "-[^-]+(-SNAPSHOT)?\\.jar"))
              .toList();
      assertFalse("the example is built", jars.isEmpty());
      return jars.get(0).toRealPath();
    }
  }
}
