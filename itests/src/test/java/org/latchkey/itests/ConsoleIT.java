package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.Commands;
import org.latchkey.itests.fixture.Console;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.SharedNode;

/** The administrator's console over SSH: what each command does, refuses, and for whom. */
public final class ConsoleIT {

  private static final Set<String> READS =
      Set.of("status", "enrolments", "pending", "phones", "phone", "why", "audit");

  private static LatchkeyNode node;
  private static ProvisionedKey key;

  @BeforeClass
  public static void start() throws IOException {
    node = SharedNode.node();
    key = ProvisionedKey.enrolled(node, "2601");
    user("viewer", "viewer");
    user("operator", "viewer,operator");
  }

  @Test
  public void everyCommandOfTheInterfaceIsThere() throws Exception {
    String list = node.shell("help").replaceAll("\\s+", " ");
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
            "revoke",
            "hold",
            "release",
            "audit",
            "doctor")) {
      assertTrue(command, list.contains("latchkey:" + command));
    }
  }

  @Test
  public void aViewerReadsAndDoesNothingElse() throws Exception {
    String before = node.shell("latchkey:audit --limit 1 --json");
    Set<String> allowed = new TreeSet<>();
    try (Console viewer = node.console("viewer")) {
      for (String command : latchkeyCommands()) {
        String arguments =
            switch (command) {
              case "phone", "why" -> " 2601";
              case "enrol", "hold", "release", "approve" -> " 2601";
              case "revoke" -> " " + key.credentials().keyIdentifier();
              case "assign" -> " 2601 2602";
              case "import" -> " /nowhere.csv";
              default -> "";
            };
        Commands.Result result = viewer.run("latchkey:" + command + arguments);
        if (result.exit() == 0) {
          allowed.add(command);
        } else {
          assertTrue(
              command + ": " + result.output(),
              READS.contains(command)
                  || result.output().matches("(?s).*(nsufficient|denied|not found).*"));
        }
      }
      assertFalse(viewer.run("latchkey:enrolments --cancel x").exit() == 0);
      for (String dump :
          List.of(
              "dev:dump-create",
              "system:shutdown -f",
              "bundle:stop org.latchkey.store",
              "config:list",
              "jaas:user-list",
              "shell:exec id",
              "shell:cat etc/keys.properties",
              "shell:java java.lang.System",
              "feature:uninstall latchkey")) {
        assertFalse(dump, viewer.run(dump).exit() == 0);
      }
    }
    assertTrue(allowed + " are reads", READS.containsAll(allowed));
    assertTrue(
        "reads work: " + allowed,
        allowed.containsAll(Set.of("phones", "phone", "why", "audit", "enrolments", "pending")));
    assertEquals("nothing was done", before, node.shell("latchkey:audit --limit 1 --json"));
  }

  @Test
  public void anOperatorHoldsAndReleasesAndRevokesNothing() throws Exception {
    try (Console operator = node.console("operator")) {
      assertEquals(0, operator.run("latchkey:hold 2601 --reason tour").exit());
      assertEquals(0, operator.run("latchkey:release 2601").exit());
      assertFalse(operator.run("latchkey:revoke " + key.credentials().keyIdentifier()).exit() == 0);
    }
    String why = node.shell("latchkey:why 2601");
    assertTrue(why, why.contains("operator"));
  }

  @Test
  public void theWrongThingIsAnsweredWithTheNextStep() throws Exception {
    try (Console admin = node.console("admin")) {
      for (String wrong :
          List.of(
              "phone 9999",
              "hold 9999",
              "revoke 9999",
              "enrol",
              "assign 2601",
              "release 2601",
              "import /nowhere.csv",
              "why 9999",
              "enrol 2601@elsewhere.example")) {
        Commands.Result result = admin.run("latchkey:" + wrong);
        if (!wrong.startsWith("why")) {
          assertFalse(wrong + ": " + result.output(), result.exit() == 0);
        }
        assertFalse(wrong + ": " + result.output(), result.output().contains("\tat "));
        assertFalse(wrong, result.output().isBlank());
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

  private static List<String> latchkeyCommands() throws IOException {
    List<String> names = new ArrayList<>();
    for (String word : node.shell("help").split("\\s+", -1)) {
      if (word.startsWith("latchkey:")) {
        names.add(word.substring("latchkey:".length()));
      }
    }
    assertTrue(names.toString(), names.size() >= 15);
    return names;
  }

  private static void user(String name, String roles) throws IOException {
    Path keys = node.home().resolve("etc/keys.properties");
    Files.writeString(
        keys,
        "%s\n%s=%s,%s,ssh\n".formatted(Files.readString(keys), name, node.publicKey(), roles));
    org.latchkey.itests.fixture.Await.until(
        name + " can log in",
        Duration.ofSeconds(20),
        () -> {
          try (Console console = node.console(name)) {
            return console.run("help").output().length() > 0;
          }
        });
  }
}
