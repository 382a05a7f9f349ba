package org.latchkey.shell.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.latchkey.key.RequestRefusedException;

/** The public key of a registrar node, typed or in a file. It is no secret. */
public final class NodeKeyFile {

  private static final int MOST_BYTES = 4_096;

  private NodeKeyFile() {}

  /**
   * The key that was typed; or, where a file of this name is there, what it holds, without lines
   * that begin with a number sign.
   *
   * @throws RequestRefusedException when the file can't be read
   */
  public static String keyOf(String typed, Path current) {
    Path file = current.resolve(typed);
    if (!Files.exists(file)) {
      return typed;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .collect(Collectors.joining());
    } catch (IOException e) {
      throw new RequestRefusedException(
          "Nothing was exported: %s.".formatted(FileFault.reading(file, e)));
    }
  }
}
