package org.latchkey.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * How the files of one part take their places. Each step is one move, and can be told from the next
 * by what is there, so that a takeover that was cut off goes on.
 */
final class Takeover {

  /** Ends the name of a mark that says: there is no such file. */
  static final String ABSENT = ".absent";

  private static final String KEPT = ".before-";

  private final Path restore;
  private final Path staged;

  /**
   * A takeover.
   *
   * @param restore the folder of the whole restore
   * @param staged the folder of the part in it
   */
  Takeover(Path restore, Path staged) {
    this.restore = restore;
    this.staged = staged;
  }

  /** The restores that some part has not taken over yet, oldest first. */
  static List<Path> pending(Path base) throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(base)) {
      try (DirectoryStream<Path> folders =
          Files.newDirectoryStream(base, LastingFiles.RESTORE + "*")) {
        folders.forEach(found::add);
      }
    }
    found.sort(null);
    return found;
  }

  boolean isWanted() {
    return Files.isDirectory(staged, LinkOption.NOFOLLOW_LINKS);
  }

  /** Lets one file take its place, or go; the one that was there is kept beside it. */
  void of(String name, Path target) throws IOException {
    Path fresh = staged.resolve(name);
    Path absent = staged.resolve(name + ABSENT);
    boolean replaces = Files.exists(fresh, LinkOption.NOFOLLOW_LINKS);
    if (!replaces && !Files.exists(absent, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    keep(target);
    if (replaces) {
      put(fresh, target);
    } else {
      Files.delete(absent);
    }
    OwnerFiles.force(staged);
  }

  private void keep(Path target) throws IOException {
    String restored = restore.getFileName().toString().substring(LastingFiles.RESTORE.length());
    Path kept = target.resolveSibling(target.getFileName() + KEPT + restored);
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
        && !Files.exists(kept, LinkOption.NOFOLLOW_LINKS)) {
      Files.move(target, kept, StandardCopyOption.ATOMIC_MOVE);
      OwnerFiles.force(target.toAbsolutePath().resolveSibling(""));
    }
  }

  private static void put(Path fresh, Path target) throws IOException {
    Path folder = target.toAbsolutePath().resolveSibling("");
    if (!Files.isDirectory(folder)) {
      OwnerFiles.folder(folder);
    }
    try {
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException otherDisk) {
      Path copy = target.resolveSibling(target.getFileName() + ".restored");
      Files.deleteIfExists(copy);
      try (InputStream in = Files.newInputStream(fresh)) {
        OwnerFiles.write(copy, in);
      }
      Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE);
      OwnerFiles.force(folder);
      Files.delete(fresh);
    }
    OwnerFiles.force(folder);
  }

  /** Removes the folder of the part, and with the last part that of the restore. */
  void end() throws IOException {
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(staged)) {
      for (Path one : leftovers) {
        Files.delete(one);
      }
    }
    Files.delete(staged);
    OwnerFiles.force(restore);
    try {
      Files.delete(restore);
      OwnerFiles.force(restore.toAbsolutePath().resolveSibling(""));
    } catch (DirectoryNotEmptyException others) {
      // They take over theirs when they start.
      return;
    }
  }
}
