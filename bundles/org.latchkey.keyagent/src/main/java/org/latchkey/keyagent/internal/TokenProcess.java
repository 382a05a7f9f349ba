package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@link TokenProbe} in a process that never saw the token away. */
final class TokenProcess {

  private static final long DEADLINE_SECONDS = 10;

  private TokenProcess() {}

  /**
   * Whether it can open the token.
   *
   * @param folder where its class file may be for that time
   * @param withKeys whether a token without keys counts as none
   * @throws OpenToken.WrongPinException when the PIN is wrong
   */
  static boolean opens(Path folder, String library, int slotListIndex, byte[] pin, boolean withKeys)
      throws IOException {
    Path classes = Files.createTempDirectory(folder, "probe");
    try {
      String name = TokenProbe.class.getName();
      Path file = classes.resolve(name.replace('.', '/') + ".class");
      Files.createDirectories(file.getParent());
      try (InputStream in = TokenProbe.class.getResourceAsStream("TokenProbe.class")) {
        Files.copy(Objects.requireNonNull(in), file, StandardCopyOption.REPLACE_EXISTING);
      }
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx32m",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  classes.toString(),
                  name,
                  library,
                  Integer.toString(slotListIndex),
                  Boolean.toString(withKeys))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(pin);
      }
      boolean ended = process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      if (ended && process.exitValue() == TokenProbe.WRONG_PIN) {
        throw new OpenToken.WrongPinException("the token does not take the PIN");
      }
      return ended && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      delete(classes);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
