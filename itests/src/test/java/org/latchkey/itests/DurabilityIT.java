package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Commands;
import org.latchkey.itests.fixture.Console;
import org.latchkey.itests.fixture.Door;
import org.latchkey.itests.fixture.Fleet;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;

/** Keys outlive restarts, cleaning, power cuts and mistakes; what was revoked stays revoked. */
public final class DurabilityIT {

  private static LatchkeyNode node;

  @BeforeClass
  public static void start() throws IOException {
    node = LatchkeyNode.started();
  }

  @AfterClass
  public static void end() {
    node.close();
  }

  @Test
  public void aRegisteredPhoneRegistersAfterCleaning() throws Exception {
    ProvisionedKey key = registered("2401");
    Path trace = Files.writeString(node.home().resolve("data/before-cleaning"), "");
    node.stop();
    node.start("clean");
    assertFalse("bin/karaf clean cleans", Files.exists(trace));
    assertEquals(200, ScriptedPhone.registered(node, key));
  }

  @Test
  public void aNonceFromBeforeARestartIsStale() throws Exception {
    ProvisionedKey key = registered("2402");
    try (SipWire wire = SipWire.udp(node.port("sip"))) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      SipMessage challenge = phone.exchange(phone.registerRequest(Optional.empty()));
      node.stop();
      node.start();
      String answer = phone.answerTo(challenge, "REGISTER", phone.registerUri());
      SipMessage stale = phone.exchange(phone.registerRequest(Optional.of(answer)));
      assertEquals(401, stale.status());
      assertTrue(stale.toString(), stale.require("WWW-Authenticate").contains("stale=true"));
      String second = phone.answerTo(stale, "REGISTER", phone.registerUri());
      assertEquals(200, phone.exchange(phone.registerRequest(Optional.of(second))).status());
    }
  }

  @Test
  public void withoutItsMasterKeyNothingIsMadeAndWithItAllIsWell() throws Exception {
    ProvisionedKey key = registered("2403");
    String code = ProvisionedKey.code(node.shell("latchkey:enrol 2404"));
    Path file = node.file("master.p12");
    Path away = node.home().resolve("master.away");
    node.stop();
    Files.move(file, away);
    node.start();
    try (Console console = node.console("admin")) {
      Commands.Result status =
          Await.value(
              "it says what it lacks",
              Duration.ofSeconds(30),
              () ->
                  Optional.of(console.run("latchkey:status"))
                      .filter(said -> said.output().contains("master.p12")));
      assertFalse("status is not well", status.exit() == 0);
    }
    assertEquals(503, Door.of(node).ask(Map.of("code", code)).statusCode());
    try (SipWire wire = SipWire.udp(node.port("sip"))) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      SipMessage challenge = phone.exchange(phone.registerRequest(Optional.empty()));
      assertEquals("challenging needs no key", 401, challenge.status());
    }
    assertFalse("a new master key", Files.exists(file));
    Files.move(away, file);
    Await.until(
        "all is well", Duration.ofSeconds(30), () -> node.shell("latchkey:status").length() > 0);
    assertEquals(200, ScriptedPhone.registered(node, key));
    ProvisionedKey.of(Door.of(node).ask(Map.of("code", code)));
  }

  @Test
  public void aRevokedKeyStaysRevokedWithTheStoreStopped() throws Exception {
    ProvisionedKey key = registered("2405");
    ProvisionedKey other = registered("2406");
    node.shell("latchkey:revoke " + key.credentials().keyIdentifier());
    assertEquals(401, ScriptedPhone.registered(node, key));
    node.shell("bundle:stop org.latchkey.store");
    node.shell("bundle:restart org.latchkey.keyagent");
    assertEquals(401, ScriptedPhone.registered(node, key));
    Await.until(
        "the other phone registers",
        Duration.ofSeconds(30),
        () -> ScriptedPhone.registered(node, other) == 200);
    node.stop();
    node.start();
    assertEquals(401, ScriptedPhone.registered(node, key));
    node.shell("bundle:start org.latchkey.store");
    assertEquals(200, ScriptedPhone.registered(node, other));
  }

  @Test
  public void everyKeyThatAPhoneReceivedIsKnownAndInTheAuditLogAfterKill9() throws Exception {
    int rounds = Integer.getInteger("latchkey.kills", 3);
    int enrolments = 1000 / rounds;
    Set<String> identifiers = new HashSet<>();
    for (int round = 0; round < rounds; round++) {
      List<String> codes = Fleet.codes(node, 30000 + round * 1000, enrolments);
      Map<String, ProvisionedKey> received = new ConcurrentHashMap<>();
      Door door = Door.of(node);
      Thread fetching =
          new Thread(
              () -> {
                for (String code : codes) {
                  try {
                    HttpResponse<String> answer = door.ask(Map.of("code", code));
                    received.put(code, ProvisionedKey.of(answer));
                  } catch (IOException | IllegalStateException e) {
                    return;
                  }
                }
              });
      fetching.start();
      int moment = ThreadLocalRandom.current().nextInt(1, enrolments);
      Await.until(
          moment + " keys were received",
          Duration.ofMinutes(2),
          () -> received.size() >= moment || !fetching.isAlive());
      node.kill();
      fetching.join();
      node.start();
      node.awaitStore();
      String known = node.shell("latchkey:phones --json");
      String evidence = node.shell("latchkey:audit --action key.issued --limit 10000 --json");
      node.shell("latchkey:audit --verify");
      for (ProvisionedKey key : received.values()) {
        assertTrue("unknown: " + key, known.contains(key.credentials().keyIdentifier()));
        assertTrue("no evidence: " + key, evidence.contains(key.credentials().keyIdentifier()));
        assertTrue("twice: " + key, identifiers.add(key.credentials().keyIdentifier()));
      }
      for (Map.Entry<String, ProvisionedKey> entry : sample(received)) {
        ProvisionedKey again = ProvisionedKey.of(Door.of(node).ask(Map.of("code", entry.getKey())));
        assertEquals(entry.getValue().credentials(), again.credentials());
      }
    }
  }

  private static List<Map.Entry<String, ProvisionedKey>> sample(Map<String, ProvisionedKey> all) {
    return all.entrySet().stream().limit(20).toList();
  }

  private ProvisionedKey registered(String extension) throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(node, extension);
    assertEquals(200, ScriptedPhone.registered(node, key));
    return key;
  }
}
