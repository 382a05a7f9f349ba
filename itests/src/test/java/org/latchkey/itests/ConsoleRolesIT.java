package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.Commands;
import org.latchkey.itests.fixture.Console;
import org.latchkey.itests.fixture.ConsoleUsers;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.Peers;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.SharedNode;
import org.latchkey.itests.fixture.ShellCommands;
import org.latchkey.itests.fixture.Terminal;

/** Who may type what on the console over SSH. */
public final class ConsoleRolesIT {

  private static final Set<String> READS =
      Set.of(
          "status",
          "dhcp-options",
          "enrolments",
          "generations",
          "pending",
          "phones",
          "phone",
          "why",
          "audit");

  /** What Karaf's own commands let a viewer do: look around, and nothing of this machine. */
  private static final Set<String> KARAF_READS =
      Set.of(
          "help", "shell:clear", "shell:date", "shell:echo", "shell:history", "system:start-level");

  private static final String REFUSED = "Error executing command: Insufficient credentials";
  private static final String ACL = "org.apache.karaf.command.acl.latchkey.cfg";

  private static LatchkeyNode node;
  private static ProvisionedKey key;

  @BeforeClass
  public static void start() throws IOException {
    node = SharedNode.node();
    key = ProvisionedKey.enrolled(node, "2801");
    ConsoleUsers.add(node, "viewer", "viewer");
    ConsoleUsers.add(node, "operator", "viewer,operator");
  }

  @Test
  public void nobodyForwardsPortsThroughTheConsole() throws Exception {
    Peers.need("ssh");
    for (String user : List.of("viewer", "admin")) {
      Commands.Result ssh =
          Commands.result(
              Duration.ofSeconds(30),
              List.of(
                  "ssh",
                  "-o",
                  "StrictHostKeyChecking=no",
                  "-o",
                  "UserKnownHostsFile=/dev/null",
                  "-i",
                  node.file("admin_key").toString(),
                  "-p",
                  "" + node.port("ssh"),
                  "-W",
                  "127.0.0.1:" + node.port("sip"),
                  user + "@127.0.0.1"));
      assertTrue(ssh.output(), ssh.output().contains("open failed"));
      assertTrue(user + " got through", ssh.exit() != 0);
    }
  }

  @Test
  public void everyCommandHasALineInTheAccessRulesOfTheRunningShell() throws Exception {
    Properties rules = new Properties();
    try (Reader file = Files.newBufferedReader(node.home().resolve("etc").resolve(ACL))) {
      rules.load(file);
    }
    Set<String> withoutLine = new TreeSet<>(ShellCommands.ours(node));
    withoutLine.removeAll(rules.stringPropertyNames());
    assertEquals(Set.of(), withoutLine);
  }

  @Test
  public void aViewerTriesEveryCommandOfTheShellAndOnlyReads() throws Exception {
    List<String> commands = ShellCommands.all(node);
    assertTrue(commands.toString(), commands.contains("dev:dump-create"));
    commands.add("\"abc\" length");
    commands.add("$.context getBundles");
    Set<String> done = new TreeSet<>();
    try (Console console = node.console("viewer");
        Terminal viewer = console.terminal()) {
      for (String command : commands) {
        String answer = viewer.enter(command + example(command));
        if (!answer.contains(REFUSED) && !answer.startsWith("Command not found")) {
          done.add(command);
        }
      }
      for (String hidden : List.of("latchkey:enrolments --cancel x", "system:start-level 50")) {
        String answer = viewer.enter(hidden);
        assertTrue(hidden + ": " + answer, answer.contains(REFUSED));
      }
    }
    Set<String> reads = new TreeSet<>(KARAF_READS);
    READS.forEach(read -> reads.add("latchkey:" + read));
    assertEquals(reads, done);
    assertEquals("no heap dump", List.of(), dumps());
    try (Console viewer = node.console("viewer")) {
      assertFalse(viewer.run("dev:dump-create").exit() == 0);
      assertEquals(0, viewer.run("latchkey:phones").exit());
    }
  }

  /** Arguments with which a command would do something, were it permitted. */
  private static String example(String command) {
    return switch (command) {
      case "latchkey:phone",
          "latchkey:why",
          "latchkey:enrol",
          "latchkey:hold",
          "latchkey:check-sync" ->
          " 2801";
      case "latchkey:revoke" -> " " + key.credentials().keyIdentifier();
      case "latchkey:assign" -> " 2801 2802";
      case "shell:cat" -> " etc/keys.properties";
      case "shell:grep" -> " root /etc/passwd";
      case "shell:exec" -> " id";
      default -> "";
    };
  }

  private static List<String> dumps() throws IOException {
    try (Stream<Path> files = Files.walk(node.home(), 2)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".hprof") || name.endsWith(".zip"))
          .toList();
    }
  }

  @Test
  public void anOperatorHoldsAndReleasesAndRevokesNothing() throws Exception {
    try (Console operator = node.console("operator")) {
      assertEquals(0, operator.run("latchkey:hold 2801 --reason tour").exit());
      assertEquals(0, operator.run("latchkey:release 2801").exit());
      for (String refused :
          List.of(
              "latchkey:revoke " + key.credentials().keyIdentifier(),
              "latchkey:registrar-export node.pub export",
              "latchkey:export-legacy phones",
              "latchkey:pbx-token pbx9",
              "latchkey:registrar-trust abcd-efgh-jkmn-pqrs-tvwx")) {
        assertTrue(refused, operator.run(refused).output().startsWith("Command not found"));
      }
    }
    String why = node.shell("latchkey:why 2801");
    assertTrue(why, why.contains("operator"));
  }

  @Test
  public void onlyAnAdministratorSeesAMaintenancePassword() throws Exception {
    for (String role : List.of("viewer", "operator")) {
      try (Console console = node.console(role)) {
        for (String typed :
            List.of(
                "latchkey:phone 2801 --maintenance-password",
                "latchkey:phone '--maintenance-'password 2801",
                "o = --maintenance-password; latchkey:phone 2801 $o")) {
          assertFalse(typed, console.run(typed).output().contains("Maintenance password of"));
        }
      }
    }
    String shown = node.shell("latchkey:phone 2801 --maintenance-password");
    assertTrue(
        shown, shown.matches("(?s).*Maintenance password of k[0-9a-z]{31}: [0-9a-z]{26}\\s.*"));
    String log = node.shell("latchkey:audit --action maintenance-password.");
    assertTrue(log, log.contains("maintenance-password.shown"));
  }
}
