package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Commands;
import org.latchkey.itests.fixture.Console;
import org.latchkey.itests.fixture.ConsoleUsers;
import org.latchkey.itests.fixture.Door;
import org.latchkey.itests.fixture.HeapDump;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.Secrets;
import org.latchkey.itests.fixture.SipCall;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;
import org.latchkey.itests.fixture.StockKaraf;
import org.latchkey.key.KeyPurpose;
import org.latchkey.keyscheme.HmacPrf;
import org.latchkey.keyscheme.KeyScheme;
import org.latchkey.keyscheme.Prf;

/**
 * A PBX on a Karaf of its own, with nothing of Latchkey but the feature {@code latchkey-registrar},
 * checks phones by what the agent elsewhere has sealed to it.
 */
public final class RegistrarNodeIT {

  private static final Duration READY = Duration.ofMinutes(1);
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Pattern NODE_KEY = Pattern.compile("registrar-export (n[0-9a-z]{56}) ");
  private static final Pattern AGENT = Pattern.compile("by this agent: ([-0-9a-z]{24})");
  private static final String ENTERPRISE = "latchkey";
  private static final String REALM = "latchkey";
  private static final String DOMAIN = "localhost";

  private static LatchkeyNode agent;
  private static LatchkeyNode node;
  private static ProvisionedKey phone;
  private static int exports;

  @BeforeClass
  public static void aNodeGetsItsFirstExport() throws Exception {
    agent = LatchkeyNode.started();
    phone = ProvisionedKey.enrolled(agent, "3101");
    node = StockKaraf.started();
    node.usePorts();
    node.shell("feature:repo-add " + System.getProperty("latchkey.features"));
    node.shell("feature:install latchkey-registrar latchkey-reference-pbx");
    node.awaitPort("sip");
    String waiting = Await.value("it waits", READY, () -> shown(status(), NODE_KEY));
    assertNotEquals("nothing to check by", 200, registered(phone));
    String exported = export(waiting);
    Await.until("it asks", READY, () -> status().contains("which nobody has confirmed"));
    assertNotEquals("of an unconfirmed agent", 200, registered(phone));
    String fingerprint = shown(exported, AGENT).orElseThrow();
    try (Console console = node.console("karaf")) {
      assertNotEquals(0, console.run("latchkey:registrar-trust abcd-efgh-jkmn-pqrs-tvwx").exit());
    }
    String trusted = node.shell("latchkey:registrar-trust " + fingerprint);
    assertTrue(trusted, trusted.contains("is in force"));
    assertTrue(audit(node), audit(node).contains("registrar.agent-trusted"));
  }

  @AfterClass
  public static void end() {
    node.close();
    agent.close();
  }

  @Test
  public void aPhoneRegistersAndCallsWithTheKeyThatTheAgentGaveIt() throws Exception {
    try (SipWire wire = SipWire.udp(node.port("sip"))) {
      ScriptedPhone caller = new ScriptedPhone(wire, phone);
      assertEquals(200, caller.register().status());
      assertEquals("nobody is there", 480, call(caller, "3999@localhost"));
      String hold = "latchkey:hold 3101 --reason tour";
      agent.shell(hold);
      export();
      Await.until("it is held", READY, () -> call(caller, "3999@localhost") == 403);
      try (Console console = node.console("karaf")) {
        Commands.Result here = console.run("latchkey:release " + keyOf(phone));
        assertNotEquals(here.output(), 0, here.exit());
      }
      agent.shell("latchkey:release 3101");
      export();
      Await.until("it is released", READY, () -> call(caller, "3999@localhost") == 480);
    }
  }

  @Test
  public void whoWasRevokedIsRefusedWithinFiveSecondsOfTheExport() throws Exception {
    ProvisionedKey lost = ProvisionedKey.enrolled(agent, "3102");
    assertEquals("no export is needed for a new phone", 200, registered(lost));
    try (SipWire wire = SipWire.udp(node.port("sip"))) {
      ScriptedPhone caller = new ScriptedPhone(wire, phone);
      assertEquals(200, caller.register().status());
      agent.shell("latchkey:revoke " + keyOf(lost));
      assertEquals("it does not know yet", 200, registered(lost));
      export();
      Await.until("it is refused", SOON, () -> registered(lost) == 401);
      Await.until("no longer registered", SOON, () -> call(caller, lost.aor()) == 480);
    }
    assertEquals(200, registered(phone));
  }

  @Test
  public void aPhoneThatAnybodysWindowLetInIsHeldWithoutAnExport() throws Exception {
    ProvisionedKey stranger;
    agent.shell("latchkey:window --anybody --for 5m");
    try {
      stranger = ProvisionedKey.of(Door.of(agent).ask(Map.of("device", "805ec00000e1")));
    } finally {
      agent.shell("latchkey:window --close");
    }
    assertEquals("unassigned-805ec00000e1@localhost", stranger.aor());
    try (SipWire wire = SipWire.udp(node.port("sip"))) {
      ScriptedPhone caller = new ScriptedPhone(wire, stranger);
      assertEquals(200, caller.register().status());
      assertEquals(403, call(caller, "3999@localhost"));
      agent.shell("latchkey:approve " + keyOf(stranger));
      assertEquals("the node can't know", 403, call(caller, "3999@localhost"));
    }
  }

  @Test
  public void itNeedsNoAgentToStart() throws Exception {
    agent.stop();
    node.stop();
    node.launch();
    node.awaitPort("sip");
    Await.until("it registers", READY, () -> registered(phone) == 200);
    agent.start();
    agent.awaitStore();
  }

  @Test
  public void onlyAnAdministratorExports() throws Exception {
    String key = shown(Files.readString(node.file("registrar/node.pub")), "(n[0-9a-z]{56})");
    for (String role : List.of("viewer", "operator")) {
      ConsoleUsers.add(agent, role, role.equals("viewer") ? role : "viewer,operator");
      Path file = agent.home().resolve("export-of-" + role);
      try (Console console = agent.console(role)) {
        Commands.Result result = console.run("latchkey:registrar-export " + key + ' ' + file);
        assertTrue(result.output(), result.output().startsWith("Command not found"));
      }
      assertFalse(Files.exists(file));
    }
    assertTrue(audit(agent), audit(agent).contains("registrar.exported"));
  }

  @Test
  public void itsHeapHoldsNoKeyButThoseItChecksWith() throws Exception {
    assertEquals(200, registered(phone));
    byte[] master = master();
    Secrets forbidden = new Secrets();
    forbidden.addKey("master key", master);
    for (KeyPurpose purpose : KeyPurpose.values()) {
      if (purpose != KeyPurpose.REGISTRATION && purpose != KeyPurpose.TAG) {
        forbidden.addKey(purpose + " subkey", subkey(master, purpose, REALM, DOMAIN));
        forbidden.addKey(purpose + " subkey of none", subkey(master, purpose, "", ""));
      }
    }
    Secrets needed = new Secrets();
    needed.addKey("registration", subkey(master, KeyPurpose.REGISTRATION, REALM, DOMAIN));
    needed.addKey("tag", subkey(master, KeyPurpose.TAG, REALM, DOMAIN));
    try (HeapDump dump = HeapDump.of(node)) {
      assertEquals(Set.of(), dump.search(forbidden));
      Set<String> all =
          new TreeSet<>(List.of("registration as bytes", "registration as inner state"));
      all.addAll(List.of("tag as bytes", "tag as outer state"));
      Set<String> found = dump.search(needed);
      assertTrue("the search finds what is there: " + found, found.containsAll(all));
    }
    try (HeapDump dump = HeapDump.of(agent)) {
      Set<String> found = dump.search(forbidden);
      assertTrue(found.toString(), found.contains("master key as inner state"));
      assertTrue(found.toString(), found.contains("master key as outer state"));
      assertTrue(found.toString(), found.contains("CONTROL subkey of none as bytes"));
    }
  }

  private static byte[] master() throws Exception {
    char[] passphrase = Files.readString(agent.file("master.pass")).strip().toCharArray();
    KeyStore store = KeyStore.getInstance(agent.file("master.p12").toFile(), passphrase);
    List<String> generations = Collections.list(store.aliases());
    assertEquals(1, generations.size());
    return store.getKey(generations.get(0), passphrase).getEncoded();
  }

  private static byte[] subkey(byte[] master, KeyPurpose purpose, String realm, String domain) {
    try (Prf prf = new HmacPrf(master)) {
      return KeyScheme.subkey(prf, ENTERPRISE, purpose, realm, domain);
    }
  }

  /** The agent exports to the node, and somebody carries the file there. */
  private static String export() throws IOException {
    return export(shown(Files.readString(node.file("registrar/node.pub")), "(n[0-9a-z]{56})"));
  }

  private static String export(String nodeKey) throws IOException {
    Path file = agent.home().resolve("export-" + exports++);
    String exported = agent.shell("latchkey:registrar-export " + nodeKey + ' ' + file);
    Path arrived = node.file("registrar/arriving");
    Files.copy(file, arrived);
    Files.move(arrived, node.file("registrar/export.sealed"), StandardCopyOption.REPLACE_EXISTING);
    return exported;
  }

  private static Optional<String> shown(String text, Pattern pattern) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static String shown(String text, String pattern) {
    return shown(text, Pattern.compile(pattern)).orElseThrow();
  }

  /** Whatever its exit code: it fails while there is a fault. */
  private static String status() throws IOException {
    try (Console console = node.console("karaf")) {
      return console.run("latchkey:status").output().replaceAll("\\s+", " ");
    }
  }

  private static String audit(LatchkeyNode of) throws IOException {
    return of.shell("latchkey:audit --action registrar.");
  }

  private static String keyOf(ProvisionedKey key) {
    return key.credentials().keyIdentifier();
  }

  /** The last answer to a REGISTER; 0 when there was none to the one with an answer. */
  private static int registered(ProvisionedKey key) throws IOException, InterruptedException {
    try (SipWire wire = SipWire.udp(node.port("sip"))) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      SipMessage challenge = phone.exchange(phone.registerRequest(Optional.empty()));
      if (challenge.status() != 401) {
        return challenge.status();
      }
      String answer = phone.answerTo(challenge, "REGISTER", phone.registerUri());
      wire.send(phone.registerRequest(Optional.of(answer)));
      return wire.poll(Duration.ofSeconds(3), m -> m.status() >= 200 && !m.equals(challenge))
          .map(SipMessage::status)
          .orElse(0);
    }
  }

  private static int call(ScriptedPhone phone, String aor) throws Exception {
    return SipCall.place(phone, "sip:" + aor, ScriptedPhone.unique("call")).status();
  }
}
