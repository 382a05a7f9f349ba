package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Commands;
import org.latchkey.itests.fixture.Console;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.SharedNode;
import org.latchkey.itests.fixture.ShellCommands;
import org.latchkey.itests.fixture.Terminal;

/** The administrator's console over SSH: what each command does, completes and refuses. */
public final class ConsoleIT {

  private static LatchkeyNode node;

  @BeforeClass
  public static void start() throws IOException {
    node = SharedNode.node();
    ProvisionedKey.enrolled(node, "2601");
  }

  @Test
  public void everyCommandOfTheInterfaceIsThere() throws Exception {
    List<String> there = ShellCommands.ours(node);
    for (String command :
        List.of(
            "status",
            "enrol",
            "enrolments",
            "import",
            "pending",
            "approve",
            "phones",
            "phone",
            "why",
            "assign",
            "check-sync",
            "revoke",
            "hold",
            "release",
            "audit",
            "generations",
            "rotate",
            "retire",
            "unseal",
            "backup",
            "restore",
            "registrar-export",
            "export-legacy",
            "registrar-trust",
            "pbx-config",
            "pbx-token",
            "dhcp-options",
            "factory-trust",
            "window",
            "doctor")) {
      assertTrue(command, there.contains(command));
    }
  }

  @Test
  public void theTabulatorKeyCompletesEveryCommandAndItsArguments() throws Exception {
    ProvisionedKey held = ProvisionedKey.enrolled(node, "8604");
    node.shell("latchkey:hold 8604 --reason tour");
    ProvisionedKey.fetched(node, ProvisionedKey.code(node.shell("latchkey:enrol 7603 --approval")));
    String open = enrolment(node.shell("latchkey:enrol 2699"));
    Map<String, List<String>> arguments = new HashMap<>();
    for (String phone : List.of("assign", "check-sync", "hold", "phone", "revoke", "why")) {
      arguments.put(phone, List.of("260", "2601"));
    }
    for (String list : List.of("doctor", "generations", "pending", "phones", "status")) {
      arguments.put(list, List.of("--js", "--json"));
    }
    arguments.put("approve", List.of("760", "7603"));
    arguments.put("audit", List.of("--action enrolment.cr", "enrolment.created"));
    arguments.put("backup", List.of("--thres", "--threshold"));
    arguments.put("restore", List.of("--disc", "--discard-phones"));
    arguments.put("custody", List.of("--move pkcs", "pkcs11"));
    arguments.put("export-legacy", List.of("--format aster", "asterisk"));
    arguments.put("registrar-export", List.of("etc/keys.prop", "etc/keys.properties"));
    arguments.put("dhcp-options", List.of("dns", "dnsmasq"));
    arguments.put("pbx-config", List.of("--he", "--help"));
    arguments.put("pbx-token", List.of("--rev", "--revoke"));
    arguments.put("registrar-trust", List.of("--he", "--help"));
    arguments.put("factory-trust", List.of("yea", "yealink"));
    arguments.put("window", List.of("--any", "--anybody"));
    arguments.put("retire", List.of("--dest", "--destroy"));
    arguments.put("rotate", List.of("--prep", "--prepare"));
    arguments.put("unseal", List.of("--he", "--help"));
    arguments.put("enrol", List.of("--appr", "--approval"));
    arguments.put("enrolments", List.of("--cancel " + open.substring(0, 6), open));
    arguments.put("import", List.of("etc/keys.prop", "etc/keys.properties"));
    arguments.put(
        "release",
        List.of(
            held.credentials().keyIdentifier().substring(0, 20),
            held.credentials().keyIdentifier()));
    List<String> commands = ShellCommands.ours(node);
    assertEquals(new TreeSet<>(commands), new TreeSet<>(arguments.keySet()));
    try (Console console = node.console("admin");
        Terminal admin = console.terminal()) {
      for (String command : commands) {
        admin.complete("latchkey:", "latchkey:" + command);
        List<String> argument = arguments.get(command);
        admin.complete("latchkey:" + command + ' ' + argument.get(0), argument.get(1));
      }
    }
  }

  @Test
  public void everyCommandRefusesTheWrongThingWithTheNextStep() throws Exception {
    Map<String, String> next =
        Map.ofEntries(
            Map.entry("approve 2601", "latchkey:"),
            Map.entry("assign 2601", "type latchkey:assign PHONE EXTENSION"),
            Map.entry("audit --limit 0", "from 1 to 10000"),
            Map.entry("backup /nowhere/backup", "there is no directory /nowhere"),
            Map.entry("restore /nowhere", "Name that of a backup"),
            Map.entry("check-sync 9999", "latchkey:phones"),
            Map.entry("custody --move nowhere", "keystore, pkcs11"),
            Map.entry("dhcp-options dhcpd", "of kea, dnsmasq, windows"),
            Map.entry("doctor --wrong", "--help"),
            Map.entry("enrol 2601@elsewhere.example", "localhost"),
            Map.entry("enrolments --cancel nobody", "latchkey:enrolments"),
            Map.entry("generations --wrong", "--help"),
            Map.entry("hold 9999", "latchkey:phones"),
            Map.entry("import /nowhere.csv", "there is no file /nowhere.csv"),
            Map.entry("pbx-config kamailio /nowhere", "latchkey-pbx-http"),
            Map.entry("pbx-token --revoke nobody", "latchkey:pbx-token shows"),
            Map.entry("factory-trust yealink /nowhere.pem", "there is no file /nowhere.pem"),
            Map.entry("window --for 30m", "choose one of"),
            Map.entry("pending --wrong", "--help"),
            Map.entry("export-legacy /nowhere/phones", "there is no directory /nowhere"),
            Map.entry("registrar-export pbx1 /nowhere", "latchkey:status of the node"),
            Map.entry("registrar-trust abcd", "Install the feature latchkey-registrar"),
            Map.entry("phone 9999", "latchkey:phones"),
            Map.entry("phones 26 --wrong", "--help"),
            Map.entry("release 2601", "latchkey:"),
            Map.entry("retire first", "latchkey:generations"),
            Map.entry("revoke 9999", "latchkey:phones"),
            Map.entry("rotate --prepare --compromised", "Choose one"),
            Map.entry("status --wrong", "--help"),
            Map.entry("unseal --wrong", "--help"),
            Map.entry("why 2601 2602", "type latchkey:why PHONE"));
    Set<String> refusing = new TreeSet<>();
    next.keySet().forEach(line -> refusing.add(line.split(" ", -1)[0]));
    assertEquals(new TreeSet<>(ShellCommands.ours(node)), refusing);
    try (Console admin = node.console("admin")) {
      for (Map.Entry<String, String> wrong : next.entrySet()) {
        Commands.Result result = admin.run("latchkey:" + wrong.getKey());
        String said = wrong.getKey() + ": " + result.output();
        assertFalse(said, result.exit() == 0);
        assertTrue(said, result.output().contains(wrong.getValue()));
        assertFalse(said, result.output().matches("(?s).*(\\tat |Exception).*"));
      }
    }
  }

  @Test
  public void whatIsTooMuchForACommandIsRefusedWithTheNextStep() throws Exception {
    try (Console admin = node.console("admin")) {
      for (String command : ShellCommands.ours(node)) {
        if (command.equals("phones")) {
          continue; // Takes as many words to look for as are given.
        }
        Commands.Result result = admin.run("latchkey:" + command + " 9901 9902 9903");
        String said = command + ": " + result.output();
        assertFalse(said, result.exit() == 0);
        assertTrue(said, result.output().contains("Nothing was done: "));
        assertTrue(said, result.output().contains("latchkey:" + command));
      }
    }
  }

  @Test
  public void anImportWithABadLineChangesNothing() throws Exception {
    Path csv = Files.createTempFile("latchkey-bad", ".csv");
    List<String> lines = new ArrayList<>(List.of("extension,device"));
    for (int i = 0; i < 2000; i++) {
      lines.add((40000 + i) + "," + "80:5e:c0:01:%02x:%02x".formatted(i / 256, i % 256));
    }
    lines.set(1500, "40001@elsewhere.example,not-a-mac!");
    Files.write(csv, lines);
    Path codes = csv.resolveSibling(csv.getFileName() + ".codes");
    try (Console admin = node.console("admin")) {
      Commands.Result refused = admin.run("latchkey:import --codes " + codes + ' ' + csv);
      assertFalse(refused.output(), refused.exit() == 0);
      assertTrue(refused.output(), refused.output().contains("1501"));
      assertFalse(Files.exists(codes));
      Commands.Result done = admin.run("latchkey:import --skip-bad --codes " + codes + ' ' + csv);
      assertEquals(done.output(), 0, done.exit());
      assertTrue(done.output(), done.output().contains("1999"));
    }
    assertEquals(
        "rw-------",
        java.nio.file.attribute.PosixFilePermissions.toString(
            Files.getPosixFilePermissions(codes)));
  }

  @Test
  public void aBadSettingIsNamedByTheStatusAndTheOldOneHeals() throws Exception {
    String port = "" + node.port("sip");
    for (String bad : List.of("70000", "many")) {
      node.set("org.latchkey.keyagent", "registrarPort", bad);
      // With its value: until it is read, status speaks of the one before.
      awaitStatus(bad);
      awaitStatus("registrarPort");
      awaitStatus("etc/org.latchkey.keyagent.cfg");
    }
    Await.until("all is well", Duration.ofSeconds(60), () -> heals(port));
  }

  /**
   * Karaf may save what it read before over an edit that is quicker than itself: then edit again.
   */
  private static boolean heals(String port) throws IOException {
    Path file = node.home().resolve("etc/org.latchkey.keyagent.cfg");
    if (!Files.readString(file).contains("registrarPort = " + port)) {
      node.set("org.latchkey.keyagent", "registrarPort", port);
    }
    try (Console admin = node.console("admin")) {
      return admin.run("latchkey:status").output().contains("issues");
    }
  }

  private static void awaitStatus(String words) {
    Await.until(
        "status says " + words,
        Duration.ofSeconds(20),
        () -> {
          try (Console admin = node.console("admin")) {
            Commands.Result status = admin.run("latchkey:status");
            return status.exit() != 0 && status.output().contains(words);
          }
        });
  }

  private static String enrolment(String printed) {
    Matcher matcher = Pattern.compile(" as ([0-9a-z]+),").matcher(printed);
    assertTrue(printed, matcher.find());
    return matcher.group(1);
  }
}
