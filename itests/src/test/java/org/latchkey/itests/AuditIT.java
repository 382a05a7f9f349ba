package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.AuditFile;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Commands;
import org.latchkey.itests.fixture.Console;
import org.latchkey.itests.fixture.Door;
import org.latchkey.itests.fixture.Fleet;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SipCall;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;
import org.latchkey.itests.fixture.StoreFile;
import org.latchkey.itests.fixture.Terminal;
import org.latchkey.itests.fixture.Threads;
import org.latchkey.itests.fixture.Trunk;

/** Evidence on a running node: without it nothing is done, and what is changed in it is found. */
public final class AuditIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String FOLLOWER = "org.latchkey.shell.internal.AuditFollower";

  private static LatchkeyNode node;
  private static Trunk trunk;

  @BeforeClass
  public static void start() throws IOException {
    node = LatchkeyNode.unpacked();
    trunk = Trunk.of(node);
    node.start();
  }

  @AfterClass
  public static void end() {
    trunk.close();
    node.close();
  }

  @Test
  public void withTheFileFailingAllGoesOnAndItIsCaughtUp() throws Exception {
    ProvisionedKey.enrolled(node, "2701");
    AuditFile file = AuditFile.of(node);
    file.takeAway();
    ProvisionedKey.enrolled(node, "2702");
    node.shell("latchkey:revoke 2701");
    file.putBack();
    Await.until("the file is caught up", SOON, () -> file.text().contains("key.revoked"));
    assertEquals(0, verify("").exit());
  }

  /** The store works but for its audit records, so that nothing but evidence is missing. */
  @Test
  public void withOneSinkFailingAllSucceedsAndWithBothNothingButCallsAndRegistrations()
      throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(node, "2703");
    ProvisionedKey held = ProvisionedKey.enrolled(node, "2704");
    node.shell("latchkey:hold 2704");
    List<String> codes = Fleet.codes(node, 27100, 20);
    store("ALTER TABLE audit_link ADD CONSTRAINT no_more CHECK (number < 0) NOCHECK");
    ProvisionedKey.enrolled(node, "2705");
    node.shell("latchkey:revoke 2705");
    String before = state();

    AuditFile file = AuditFile.of(node);
    file.takeAway();
    for (String code : codes) {
      assertEquals(503, Door.of(node).ask(Map.of("code", code)).statusCode());
    }
    for (String command :
        List.of("enrol 2706", "hold 2703", "release 2704", "revoke 2703", "assign 2703 2707")) {
      refused("latchkey:" + command, "audit log can't be written");
    }
    assertEquals(before, state());
    assertEquals(200, ScriptedPhone.registered(node, key));
    emergencyCall(key);
    emergencyCall(held);

    file.putBack();
    Await.until(
        "keys are issued again",
        SOON,
        () -> Door.of(node).ask(Map.of("code", codes.get(0))).statusCode() == 200);
    Await.until("the calls are in the log", SOON, () -> file.text().contains("call.permitted"));
    store("ALTER TABLE audit_link DROP CONSTRAINT no_more");
    Await.until("the store is caught up", SOON, () -> verify("").output().contains("say the same"));
    assertEquals(0, verify("").exit());
  }

  @Test
  public void aCollectorThatNeverAnswersHoldsUpNoKey() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      node.set("org.latchkey.audit.syslog", "port", "" + silent.getLocalPort());
      node.set("org.latchkey.audit.syslog", "host", "127.0.0.1");
      Await.until(
          "the collector is a sink",
          SOON,
          () -> node.log().contains("Audit records go to the syslog too"));
      long start = System.nanoTime();
      ProvisionedKey.enrolled(node, "2712");
      Duration taken = Duration.ofNanos(System.nanoTime() - start);
      silent.setSoTimeout((int) SOON.toMillis());
      silent.accept().close();
      assertTrue(taken.toString(), taken.toSeconds() < 10);
    } finally {
      node.set("org.latchkey.audit.syslog", "host", "");
    }
  }

  @Test
  public void followingShowsRecordsAsTheyComeAndEndsWithItsSession() throws Exception {
    try (Console console = node.console("admin")) {
      try (Terminal terminal = console.terminal()) {
        terminal.follow("latchkey:audit --follow --action enrolment. --limit 1", "enrolment.");
        node.shell("latchkey:enrol 2713");
        terminal.awaitWords("2713@");
        terminal.interrupt();
        terminal.follow("latchkey:audit --follow --limit 1", "enrolment.");
        assertTrue(Threads.anyIn(node, FOLLOWER));
      }
    }
    Await.until("nobody follows any more", SOON, () -> !Threads.anyIn(node, FOLLOWER));
  }

  /** The store is there, so that nothing but the evidence is missing. */
  @Test
  public void withoutTheAuditLogNoKeyIsDeliveredAndNothingIsChanged() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(node, "2706");
    String code = ProvisionedKey.code(node.shell("latchkey:enrol 2707"));
    node.shell("bundle:stop org.latchkey.audit");
    assertEquals(503, Door.of(node).ask(Map.of("code", code)).statusCode());
    refused("latchkey:revoke 2706", "audit log");
    refused("latchkey:enrol 2708", "audit log");
    node.shell("bundle:start org.latchkey.audit");
    Await.until(
        "keys are issued again",
        SOON,
        () -> Door.of(node).ask(Map.of("code", code)).statusCode() == 200);
    assertEquals(200, ScriptedPhone.registered(node, key));
    assertFalse(node.shell("latchkey:enrolments --json").contains("2708"));
  }

  @Test
  public void aByteThatIsFlippedInTheFileIsNamedAndAHeadIsExportedAndCompared() throws Exception {
    ProvisionedKey.enrolled(node, "2709");
    Path head = node.home().resolve("head.txt");
    node.shell("latchkey:audit --head " + head);
    assertTrue(Files.readString(head).startsWith("Latchkey audit head, version 1\nnumber: "));
    assertFalse(run("latchkey:audit --head " + head).exit() == 0);
    Commands.Result sound = verify(" --head " + head);
    assertEquals(sound.output(), 0, sound.exit());
    assertTrue(sound.output(), sound.output().contains("leads to the given head"));

    AuditFile file = AuditFile.of(node);
    file.flipByte(3, 10);
    Commands.Result found = verify("");
    assertFalse(found.output(), found.exit() == 0);
    assertTrue(found.output(), found.output().contains("In the file, record 3 was altered"));
    file.flipByte(3, 10);
    assertEquals(0, verify("").exit());
  }

  @Test
  public void killedAndStartedAgainTheChainGoesOnWithoutAFork() throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(node, "2710");
    node.kill();
    node.start();
    assertEquals(200, ScriptedPhone.registered(node, key));
    ProvisionedKey.enrolled(node, "2711");
    Commands.Result sound = verify("");
    assertEquals(sound.output(), 0, sound.exit());
    assertTrue(sound.output(), sound.output().contains("say the same"));
  }

  private static Commands.Result verify(String options) throws IOException {
    return run("latchkey:audit --verify" + options);
  }

  private static Commands.Result run(String command) throws IOException {
    try (Console console = node.console("admin")) {
      return console.run(command);
    }
  }

  private static void refused(String command, String why) throws IOException {
    Commands.Result result = run(command);
    assertFalse(command + ": " + result.output(), result.exit() == 0);
    assertTrue(command + ": " + result.output(), result.output().contains(why));
  }

  /** Changes the store's file, between two starts. */
  private static void store(String statement) throws Exception {
    node.stop();
    StoreFile.run(node, statement);
    node.start();
    node.awaitStore();
  }

  /** All that administrators can change. */
  private static String state() throws IOException {
    return node.shell("latchkey:phones --json") + node.shell("latchkey:enrolments --json");
  }

  private static void emergencyCall(ProvisionedKey key) throws Exception {
    try (SipWire wire = SipWire.udp(node.port("sip"))) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      String call = ScriptedPhone.unique("sos");
      SipMessage answer = phone.exchange(phone.invite("sip:112@localhost", call, Optional.empty()));
      assertEquals(200, answer.status());
      trunk.awaitCall(call);
      SipCall.hangUp(wire, "sip:112@localhost", answer);
    }
  }
}
