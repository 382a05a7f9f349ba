package org.latchkey.itests;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Commands;
import org.latchkey.itests.fixture.Console;
import org.latchkey.itests.fixture.Door;
import org.latchkey.itests.fixture.Folders;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.Terminal;

/** A site burns down, and is restored on an empty machine from a backup and three shares. */
public final class BackupIT {

  private static final Duration BACK = Duration.ofSeconds(60);
  private static final Pattern SHARE = Pattern.compile("([0-9a-z]{4}-){17}[0-9a-z]{4}");

  private static Path backup;
  private static List<String> shares;
  private static ProvisionedKey first;
  private static ProvisionedKey second;
  private static ProvisionedKey revoked;
  private static ProvisionedKey held;
  private static byte[] authority;

  private LatchkeyNode node;
  private Path directory;

  @BeforeClass
  public static void aSiteWithABackupThatBurnsDown() throws Exception {
    backup = Files.createTempDirectory("latchkey-backup");
    try (LatchkeyNode site = LatchkeyNode.started()) {
      first = registered(site, "2811");
      revoked = registered(site, "2812");
      held = registered(site, "2813");
      assertTrue(site.shell("latchkey:rotate").contains("Generation 2 issues"));
      second = registered(site, "2814");
      site.shell("latchkey:revoke " + revoked.credentials().keyIdentifier());
      site.shell("latchkey:hold 2813 --reason tour");
      authority = Files.readAllBytes(site.file("tls/ca.pem"));
      String shown =
          site.shell("latchkey:backup " + backup.resolve("made") + " --shares 5 --threshold 3");
      assertTrue(shown, shown.contains("audit, factory-trust, keys, registrars, store, tls"));
      shares = SHARE.matcher(shown).results().map(MatchResult::group).toList();
      assertEquals(shown, 5, shares.size());
    }
  }

  @AfterClass
  public static void theBackupEnds() throws IOException {
    Folders.delete(backup);
  }

  @Before
  public void anEmptyMachine() throws Exception {
    node = LatchkeyNode.started();
    awaitIssuing();
    directory = node.home().resolve("backup");
    Commands.run(
        Duration.ofSeconds(20),
        List.of("cp", "-a", backup.resolve("made").toString(), directory.toString()));
  }

  @After
  public void end() {
    node.close();
  }

  @Test
  public void threeTypedSharesBringEverythingBack() throws Exception {
    assertNotEquals("another master key", 200, ScriptedPhone.registered(node, first));
    String damaged = shares.get(1).replaceFirst(".$", shares.get(1).endsWith("0") ? "1" : "0");
    try (Console admin = node.console("admin");
        Terminal terminal = admin.terminal()) {
      String shown =
          terminal.enter(
              "latchkey:restore " + directory,
              "Share, the",
              List.of(shares.get(4), damaged, shares.get(4), shares.get(1), shares.get(0)));
      assertTrue(shown, shown.contains("Share 2 is damaged"));
      assertTrue(shown, shown.contains("Share 5 was given already"));
      assertTrue(shown, shown.contains("Restored."));
      shares.forEach(share -> assertFalse("echoed", shown.contains(share)));
    }
    awaitIssuing();
    assertArrayEquals(authority, Files.readAllBytes(node.file("tls/ca.pem")));
    for (ProvisionedKey key : List.of(first, second, held)) {
      assertEquals(200, ScriptedPhone.registered(node, key));
    }
    assertEquals("revoked", 401, ScriptedPhone.registered(node, revoked));
    assertEquals(
        "moves on", 200, ScriptedPhone.registered(node, first.fetchedAgain(Door.of(node))));
    assertTrue(node.shell("latchkey:why 2813").contains("held"));
    String generations = node.shell("latchkey:generations --json");
    assertEquals(generations, "1 VERIFY_ONLY 2 VERIFY_ONLY 3 ISSUING", states(generations));
    assertFirstRecord();
    assertTrue(node.shell("latchkey:audit --verify").contains("say the same"));
    refusesNow();
    node.stop();
    node.start();
    awaitIssuing();
    assertEquals(200, ScriptedPhone.registered(node, second));
    shares.forEach(share -> assertFalse("in the log", node.log().contains(share)));
  }

  private void assertFirstRecord() throws IOException {
    List<String> actions =
        Pattern.compile("\"action\" : \"([^\"]+)\"")
            .matcher(node.shell("latchkey:audit --json --limit 100"))
            .results()
            .map(match -> match.group(1))
            .toList();
    int restored = actions.indexOf("backup.restored");
    assertEquals(actions.toString(), "backup.made", actions.get(restored + 1));
  }

  private void refusesNow() throws IOException {
    String command = restoring(0, 1, 2);
    try (Console admin = node.console("admin")) {
      Commands.Result result = admin.run(command);
      assertNotEquals(0, result.exit());
      assertTrue(result.output(), result.output().contains("--discard-phones"));
      String test = admin.run(command + " --test").orFail(command);
      assertTrue(test, test.contains("It can be restored. Nothing was changed."));
    }
  }

  @Test
  public void withoutTheStoreOldKeysVerifyAndANewGenerationIssues() throws Exception {
    Files.delete(directory.resolve("store.backup"));
    String shown = restored();
    assertTrue(shown, shown.contains("store.backup is not there"));
    assertTrue(shown, shown.contains("Revocations are unknown"));
    awaitIssuing();
    String generations = node.shell("latchkey:generations --json");
    assertEquals(generations, "1 VERIFY_ONLY 2 VERIFY_ONLY 3 ISSUING", states(generations));
    for (ProvisionedKey key : List.of(first, second, held)) {
      assertEquals(200, ScriptedPhone.registered(node, key));
    }
    assertEquals("revoked before the backup", 401, ScriptedPhone.registered(node, revoked));
    assertEquals(200, ScriptedPhone.registered(node, ProvisionedKey.enrolled(node, "2815")));
    String audit = node.shell("latchkey:audit --action backup.restored");
    assertTrue(audit, audit.contains("revocations are unknown"));
    assertTrue(node.shell("latchkey:audit --verify").contains("say the same"));
  }

  @Test
  public void killedInTheMiddleItIsTheOldOrTheNewAndGoesOn() throws Exception {
    Thread restoring =
        new Thread(
            () -> {
              try {
                restored();
              } catch (IOException | AssertionError e) {
                // It was killed.
                return;
              }
            });
    restoring.start();
    Await.until("files are put in their places", BACK, () -> takenOver() > 0);
    node.kill();
    restoring.join();
    System.out.println("Killed when so many files were in their places: " + takenOver());
    node.start();
    awaitIssuing();
    assertEquals(200, ScriptedPhone.registered(node, first));
    assertEquals(401, ScriptedPhone.registered(node, revoked));
    assertEquals("the same secret", 200, ScriptedPhone.registered(node, second));
    try (Stream<Path> files = Files.list(node.home().resolve("latchkey"))) {
      assertEquals(
          List.of(), files.filter(f -> f.getFileName().toString().startsWith("restor")).toList());
    }
  }

  /** How many files were put aside for restored ones. */
  private long takenOver() {
    try (Stream<Path> files = Files.walk(node.home().resolve("latchkey"))) {
      return files.filter(file -> file.toString().contains(".before-")).count();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  private String restored() throws IOException {
    return node.shell(restoring(3, 0, 2));
  }

  /** The command that takes these shares from files. */
  private String restoring(int... which) throws IOException {
    List<String> names = new ArrayList<>();
    for (int i : which) {
      Path file = node.home().resolve("share" + i);
      Files.writeString(file, "# share\n" + shares.get(i) + '\n');
      names.add(file.toString());
    }
    return "latchkey:restore " + directory + " --files " + String.join(",", names);
  }

  private void awaitIssuing() {
    Await.until(
        "keys are issued",
        BACK,
        () -> status().matches("(?s)(?=.*issues,)(?=.*is open, schema).*"));
  }

  private String status() throws IOException {
    try (Console admin = node.console("admin")) {
      return admin.run("latchkey:status").output();
    }
  }

  private static String states(String generations) {
    return Pattern.compile("\"number\" : (\\d+),\\s*\"state\" : \"(\\w+)\"")
        .matcher(generations)
        .results()
        .map(match -> match.group(1) + ' ' + match.group(2))
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private static ProvisionedKey registered(LatchkeyNode site, String extension) throws Exception {
    ProvisionedKey key = ProvisionedKey.enrolled(site, extension);
    assertEquals(200, ScriptedPhone.registered(site, key));
    return key;
  }
}
