package org.latchkey.shell.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.latchkey.key.RequestRefusedException;

/** A file of certificates that an administrator brought. */
public final class AuthorityFile {

  private static final int MOST_BYTES = 1 << 20;

  private AuthorityFile() {}

  /**
   * What it holds.
   *
   * @throws RequestRefusedException when it can't be read
   */
  public static byte[] read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES);
      if (in.read() >= 0) {
        throw new RequestRefusedException(
            "Nothing was trusted: %s is longer than 1 MiB. Name a file of certificates in PEM."
                .formatted(file));
      }
      return bytes;
    } catch (IOException e) {
      throw new RequestRefusedException(
          "Nothing was trusted: %s.".formatted(FileFault.reading(file, e)));
    }
  }
}
