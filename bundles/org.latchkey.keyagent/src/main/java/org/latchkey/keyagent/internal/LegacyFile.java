package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.latchkey.files.OwnerFiles;
import org.latchkey.key.RequestRefusedException;

/** The file with the secrets. It is written beside its place, and is there once it is whole. */
final class LegacyFile {

  private static final String PART = ".part";

  private LegacyFile() {}

  /** Where it is written before it is whole. */
  static Path part(Path file) {
    return file.resolveSibling(file.getFileName() + PART);
  }

  /**
   * The full name of a file that can be made.
   *
   * @throws RequestRefusedException when it can't
   */
  static Path free(Path named) {
    Path file = named.toAbsolutePath().normalize();
    if (file.toString().chars().anyMatch(Character::isISOControl)) {
      throw refused("the name has a character that no name should have. Name another file");
    }
    if (isThere(file)) {
      throw refused("there is %s already. Name another file".formatted(file));
    }
    if (isThere(part(file))) {
      throw refused(
          "there is %s, which an export that was cut off has left. Delete it"
              .formatted(part(file)));
    }
    Path folder = file.resolveSibling("");
    if (!Files.isDirectory(folder)) {
      throw refused(
          "there is no directory %s on the machine that runs Karaf. Name one that is there"
              .formatted(folder));
    }
    return file;
  }

  private static boolean isThere(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static RequestRefusedException refused(String why) {
    return new RequestRefusedException("Nothing was written: %s.".formatted(why));
  }

  /**
   * Writes it; it is on the disk when this returns.
   *
   * @throws IOException when there is something of this name, or it can't be made; nothing of it is
   *     left then
   */
  static void write(
      Path file, List<LegacyExtension> extensions, LegacyTable table, LegacyTable.Secrets secrets)
      throws IOException {
    Path part = part(file);
    LegacyWriter writer = new LegacyWriter(part);
    boolean placed = false;
    try {
      try (LegacyWriter out = writer) {
        table.begin(out);
        for (LegacyExtension extension : extensions) {
          table.extension(out, extension, secrets);
        }
        table.end(out);
        out.finish();
      }
      // A link takes no place that is taken, whoever was faster.
      Files.createLink(file, part);
      placed = true;
      Files.delete(part);
      OwnerFiles.force(file.resolveSibling(""));
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(part);
      if (placed) {
        Files.deleteIfExists(file);
      }
      throw e;
    }
  }
}
