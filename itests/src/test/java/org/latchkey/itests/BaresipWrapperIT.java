package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.itests.fixture.Commands;
import org.latchkey.itests.fixture.Folders;

/**
 * The wrapper that starts baresip, in a folder of its own, with a curl and a baresip that do as the
 * test says. With the real ones it is tried in {@link ResyncIT}.
 */
public final class BaresipWrapperIT {

  private static final Path WRAPPER = Path.of("../docs/latchkey-baresip").toAbsolutePath();
  private static final String ADDRESS = "https://localhost:8443/provision/baresip/c0de/accounts";
  private static final String NEXT = "https://localhost:8443/provision/baresip/k1/pa55/accounts";
  private static final String ACCOUNTS =
      "# fetch again: " + NEXT + "\n\"Anna\" <sip:1001@localhost>;auth_user=k1;auth_pass=s1\n";

  private Path home;
  private Path folder;
  private Path accounts;

  @Before
  public void programs() throws IOException {
    home = Files.createTempDirectory("latchkey-wrapper");
    folder = home.resolve("my baresip");
    accounts = folder.resolve("accounts");
    program(
        "curl",
        "for last; do [ \"${previous:-}\" = -o ] && out=$last; previous=$last; done",
        "echo \"$*\" >>" + home + "/arguments",
        "cat >>" + home + "/addresses",
        "[ -e " + home + "/answer ] || exit 22",
        "cat " + home + "/answer >\"$out\"");
    program("baresip", "echo \"baresip $*\"", "cat \"$2/accounts\"");
  }

  @After
  public void remove() throws IOException {
    Folders.delete(home);
  }

  @Test
  public void itFetchesStartsAndKeepsTheSecretFromOtherUsers() throws IOException {
    answer(ACCOUNTS);
    Commands.Result first = start(ADDRESS, "-v");
    assertEquals(first.output(), 0, first.exit());
    assertEquals("baresip -f " + folder + " -v\n" + ACCOUNTS, first.output());
    assertEquals("rw-------", permissions(accounts));
    assertEquals("rwx------", permissions(folder));
    String arguments = Files.readString(home.resolve("arguments"));
    assertFalse(arguments, arguments.contains("c0de"));
    assertTrue(arguments, arguments.contains("--proto =https"));
    assertFalse("without ca.pem the machine's own", arguments.contains("--cacert"));
    assertEquals(List.of("accounts"), files());
  }

  @Test
  public void theNextTimeItFetchesWhereTheFileSaysAndTrustsTheCertificateBeside()
      throws IOException {
    answer(ACCOUNTS);
    start(ADDRESS).orFail("the first start");
    Files.writeString(folder.resolve("ca.pem"), "a certificate");
    answer(ACCOUNTS.replace("k1", "k2").replace("s1", "s2"));
    assertTrue(start().orFail("the second start").contains("auth_user=k2"));
    String addresses = Files.readString(home.resolve("addresses"));
    assertEquals("url = \"" + ADDRESS + "\"\nurl = \"" + NEXT + "\"\n", addresses);
    assertTrue(
        Files.readString(home.resolve("arguments")).contains("--cacert " + folder + "/ca.pem"));
  }

  @Test
  public void whileTheServerIsAwayOrTalksNonsenseTheLastGoodFileStays() throws IOException {
    answer(ACCOUNTS);
    start(ADDRESS).orFail("the first start");
    for (String nonsense :
        List.of(
            "", "<html>Log in</html>", "# fetch again: https://elsewhere/\n", ";auth_pass=x\n")) {
      answer(nonsense);
      assertTrue(start().orFail(nonsense).endsWith(ACCOUNTS));
    }
    Files.delete(home.resolve("answer"));
    Commands.Result away = start();
    assertEquals(away.output(), 0, away.exit());
    assertTrue(away.output(), away.output().contains("starts with the one that is there"));
    assertTrue(away.output(), away.output().endsWith(ACCOUNTS));
    assertEquals(List.of("accounts"), files());
  }

  @Test
  public void anAccountsFileOfTheUsersOwnIsKept() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(accounts, "<sip:me@example.org>\n");
    assertTrue(start(ADDRESS).orFail("no key came").endsWith("<sip:me@example.org>\n"));
    assertEquals("nothing is touched without a key", List.of("accounts"), files());
    answer(ACCOUNTS);
    start(ADDRESS).orFail("a start");
    assertEquals(ACCOUNTS, Files.readString(accounts));
    Path kept = folder.resolve("accounts.before-latchkey");
    assertEquals("<sip:me@example.org>\n", Files.readString(kept));
    Files.writeString(accounts, "<sip:other@example.org>\n");
    assertTrue(start(ADDRESS).orFail("two of his own").endsWith("<sip:other@example.org>\n"));
    assertEquals("<sip:me@example.org>\n", Files.readString(kept));
  }

  @Test
  public void whatFailsOnThisMachineKeepsNobodyFromHisTelephone() throws IOException {
    answer(ACCOUNTS);
    start(ADDRESS).orFail("the first start");
    for (String failing : List.of("mktemp", "mv", "sync", "curl")) {
      program(failing, "exit 1");
      assertTrue(failing, start().orFail(failing).endsWith(ACCOUNTS));
      Files.delete(home.resolve("bin").resolve(failing));
      assertEquals(failing, List.of("accounts"), files());
    }
  }

  @Test
  public void withoutAKeyItSaysWhatToDo() throws IOException {
    Commands.Result nothing = start();
    assertEquals(1, nothing.exit());
    assertTrue(nothing.output(), nothing.output().contains("latchkey:enrol"));
    assertFalse("baresip has not started", nothing.output().contains("baresip -f"));
    answer(ACCOUNTS);
    for (String address :
        List.of(
            "http://localhost/accounts", ADDRESS + "\"\noutput = \"/tmp/x", "file:///etc/passwd")) {
      assertEquals(address, 1, start(address).exit());
    }
    assertFalse(Files.exists(home.resolve("addresses")));
    assertEquals(List.of(), files());
  }

  private Commands.Result start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("env"));
    command.add("PATH=" + home.resolve("bin") + ":" + System.getenv("PATH"));
    command.add("LATCHKEY_BARESIP=" + folder);
    command.add(WRAPPER.toString());
    command.addAll(List.of(arguments));
    return Commands.result(Duration.ofSeconds(20), command);
  }

  private void answer(String text) throws IOException {
    Files.writeString(home.resolve("answer"), text);
  }

  private void program(String name, String... lines) throws IOException {
    Path bin = Files.createDirectories(home.resolve("bin"));
    Path file = bin.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private List<String> files() throws IOException {
    try (var all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
