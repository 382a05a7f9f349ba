package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.Assume;

/**
 * A SoftHSM token that can be pulled. SoftHSM reads where its tokens are from the environment of
 * the process, so this needs SOFTHSM2_CONF; the build sets it.
 */
final class SoftToken {

  static final String LIBRARY = "/usr/lib/softhsm/libsofthsm2.so";
  static final String PIN = "1234";
  private final Path tokens;
  private final Path away;

  private SoftToken(Path tokens) {
    this.tokens = tokens;
    this.away = tokens.resolveSibling("pulled");
  }

  /**
   * An empty token; where SoftHSM is not installed the test is skipped with the reason, or fails
   * with {@code LATCHKEY_REQUIRE_PEERS=1}.
   */
  static SoftToken fresh() throws IOException, InterruptedException {
    boolean there = Files.exists(Path.of(LIBRARY));
    String reason = "softhsm2 is not installed; itests/run installs it on Debian as root";
    assertTrue(reason, there || !"1".equals(System.getenv("LATCHKEY_REQUIRE_PEERS")));
    Assume.assumeTrue(reason, there);
    Path configuration = Path.of(System.getenv("SOFTHSM2_CONF"));
    Path tokens = configuration.resolveSibling("tokens");
    if (Files.exists(configuration.resolveSibling("pulled"))) {
      Files.move(configuration.resolveSibling("pulled"), tokens);
    }
    Files.createDirectories(tokens);
    Files.writeString(configuration, "directories.tokendir = " + tokens + "\nlog.level = ERROR\n");
    run("softhsm2-util", "--delete-token", "--token", "latchkey");
    assertEquals(
        0,
        run(
            "softhsm2-util",
            "--init-token",
            "--free",
            "--label",
            "latchkey",
            "--pin",
            PIN,
            "--so-pin",
            "5678"));
    return new SoftToken(tokens);
  }

  void pull() throws IOException {
    Files.move(tokens, away);
  }

  void plugIn() throws IOException {
    Files.move(away, tokens);
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of(command))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("softhsm2-util hangs");
    }
    return process.exitValue();
  }
}
