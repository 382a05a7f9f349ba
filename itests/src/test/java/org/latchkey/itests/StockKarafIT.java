package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Console;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.StockKaraf;

/** Latchkey comes and goes on a Karaf that belongs to somebody else. */
public final class StockKarafIT {

  private LatchkeyNode karaf;
  private Map<String, String> theirs;

  @Before
  public void start() throws IOException {
    karaf = StockKaraf.started();
    theirs = theirFiles();
  }

  @After
  public void end() {
    karaf.close();
  }

  @Test
  public void theFeatureInstallsAndLeaves() throws Exception {
    String features = System.getProperty("latchkey.features");
    karaf.usePorts();
    karaf.shell("feature:repo-add " + features);
    karaf.shell("feature:install latchkey latchkey-reference-pbx");
    ProvisionedKey key = registered();
    karaf.shell("feature:uninstall latchkey");
    awaitGone();
    assertAliveAndUntouched();
    karaf.shell("feature:install latchkey");
    awaitRegisters(key);
  }

  @Test
  public void theKarComesUpWithoutNetworkAndLeaves() throws Exception {
    Path kar = Path.of(System.getProperty("latchkey.kar"));
    karaf.usePorts();
    Path dropped = karaf.home().resolve("deploy").resolve("latchkey.kar");
    Files.copy(kar, dropped);
    karaf.awaitPort("https");
    karaf.shell("feature:install latchkey-reference-pbx");
    ProvisionedKey key = registered();
    Files.delete(dropped);
    awaitGone();
    assertAliveAndUntouched();
    Files.copy(kar, dropped);
    karaf.awaitPort("https");
    karaf.shell("feature:install latchkey-reference-pbx");
    awaitRegisters(key);
  }

  private ProvisionedKey registered() throws Exception {
    for (String listener : List.of("https", "sip", "tls", "tls256")) {
      karaf.awaitPort(listener);
    }
    karaf.awaitStore();
    String status = status();
    assertTrue(status, status.contains("key agent"));
    assertTrue("theirs, so only said: " + status, status.contains("sftpEnabled = false"));
    ProvisionedKey key = ProvisionedKey.enrolled(karaf, "2701");
    assertEquals(200, ScriptedPhone.registered(karaf, key));
    return key;
  }

  /** Whatever its exit code: the ports are open before all is well. */
  private String status() throws IOException {
    try (Console console = karaf.console("karaf")) {
      return console.run("latchkey:status").output();
    }
  }

  /** With the key that it has, and no other. */
  private void awaitRegisters(ProvisionedKey key) {
    karaf.awaitPort("sip");
    Await.until(
        "the phone registers again",
        Duration.ofMinutes(1),
        () -> ScriptedPhone.registered(karaf, key) == 200);
  }

  private void awaitGone() {
    Await.until("HTTPS is gone", Duration.ofMinutes(1), () -> !karaf.listens("https"));
  }

  private void assertAliveAndUntouched() throws Exception {
    // While bundles are being taken away, listing them may fail: one vanishes under the list.
    Await.until("SSH and its shell answer", Duration.ofMinutes(1), this::listsBundles);
    assertEquals(theirs, theirFiles());
  }

  private boolean listsBundles() throws IOException {
    try (Console console = karaf.console("karaf")) {
      return console.run("bundle:list").exit() == 0;
    }
  }

  private Map<String, String> theirFiles() throws IOException {
    Map<String, String> files = new TreeMap<>();
    for (String name :
        List.of("users.properties", "keys.properties", "org.apache.karaf.shell.cfg", "host.key")) {
      Path file = karaf.home().resolve("etc").resolve(name);
      files.put(name, Files.exists(file) ? Files.readString(file) : "");
    }
    return files;
  }
}
