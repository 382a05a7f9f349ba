package org.latchkey.backup.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.latchkey.files.LastingFiles;
import org.latchkey.files.OwnerFiles;

/**
 * The folder in which a restore is put ready. Before {@link #commit} all is as it was; after it,
 * the parts take over what is theirs, now or at the next start.
 */
final class Staging implements AutoCloseable {

  private static final String UNFINISHED = "restoring";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Path base;
  private final Path folder;

  private Staging(Path base) {
    this.base = base;
    folder = base.resolve(UNFINISHED);
  }

  /** An empty one; what a process that died left of another is removed. */
  static Staging in(Path base) throws IOException {
    Staging staging = new Staging(base);
    staging.close();
    OwnerFiles.folder(staging.folder);
    return staging;
  }

  /** Removes what a process that died left of one: there may be master keys in it. */
  static void sweep(Path base) throws IOException {
    new Staging(base).close();
  }

  /** Whether a restore before was not taken over yet by a part. */
  static boolean isPending(Path base) throws IOException {
    return LastingFiles.isRestorePending(base);
  }

  /** Where the folder of a part is. */
  Path path(String part) {
    return folder.resolve(part);
  }

  /** A folder for a part. */
  Path of(String part) throws IOException {
    Path there = path(part);
    OwnerFiles.folder(there);
    return there;
  }

  /** From now on the restore is in force. */
  void commit(Clock clock) throws IOException {
    for (Path each : innermostFirst(folder)) {
      OwnerFiles.force(each);
    }
    Files.move(
        folder,
        base.resolve(LastingFiles.RESTORE + STAMP.format(clock.instant())),
        StandardCopyOption.ATOMIC_MOVE);
    OwnerFiles.force(base);
  }

  /** Removes what was not committed. */
  @Override
  public void close() throws IOException {
    remove(folder);
  }

  /** Removes a folder and all in it, if it is there. */
  static void remove(Path folder) throws IOException {
    for (Path each : innermostFirst(folder)) {
      Files.delete(each);
    }
  }

  private static List<Path> innermostFirst(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
