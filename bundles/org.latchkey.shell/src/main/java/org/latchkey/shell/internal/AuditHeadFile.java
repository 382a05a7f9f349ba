package org.latchkey.shell.internal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.latchkey.key.RequestRefusedException;

/** A signed audit head in a file that an administrator names. It holds no secret. */
public final class AuditHeadFile {

  private static final long MOST_BYTES = 65_536;

  private AuditHeadFile() {}

  /**
   * Makes the file; never over another.
   *
   * @throws RequestRefusedException when there is such a file, or it can't be written
   */
  public static void write(Path file, String head) {
    try {
      Files.writeString(file, head, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw new RequestRefusedException(
          "Nothing was exported: there is a file " + file + " already. Name another.");
    } catch (IOException e) {
      throw new RequestRefusedException(
          "Nothing was exported: can't write " + e.getMessage() + ".");
    }
  }

  /**
   * What the file holds.
   *
   * @throws RequestRefusedException when it can't be read, or is far too long for a head
   */
  public static String read(Path file) {
    try {
      if (Files.readAttributes(file, BasicFileAttributes.class).isOther()
          || Files.size(file) > MOST_BYTES) {
        throw new IOException(file + " is no audit head");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new RequestRefusedException("Nothing was verified: can't read " + e.getMessage() + ".");
    }
  }
}
