package org.latchkey.https.internal.certificate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that only their owner reads, or that all may read but only the owner writes. */
final class OwnerOnlyFile {

  private static final String OWNER_ONLY = "rw-------";
  private static final String ALL_READ = "rw-r--r--";

  private OwnerOnlyFile() {}

  /**
   * Makes a directory and those above it that are missing, for the owner only.
   *
   * @throws IOException when it can't, or when there is a symbolic link in its place
   */
  static void directory(Path directory) throws IOException {
    if (Files.isSymbolicLink(directory)) {
      throw new IOException(directory + " is a symbolic link");
    }
    if (Files.isDirectory(directory)) {
      return;
    }
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** Writes a file that only its owner reads: whole, or not at all. */
  static void writeSecret(Path file, byte[] content) throws IOException {
    write(file, content, OWNER_ONLY);
  }

  /** Writes a file that everybody may read: whole, or not at all. */
  static void writePublic(Path file, byte[] content) throws IOException {
    write(file, content, ALL_READ);
  }

  /** Moves a file to the place of another in the same directory, for good. */
  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    keepEntry(to);
  }

  /** Whether somebody but the owner may read or write the file. */
  static boolean isOpenToOthers(Path file) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    return permissions.stream().anyMatch(permission -> !permission.name().startsWith("OWNER_"));
  }

  private static void write(Path file, byte[] content, String permissions) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(file + " is no regular file");
    }
    Path directory = file.toAbsolutePath().getParent();
    FileAttribute<?> owner =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    Path draft = Files.createTempFile(directory, "." + file.getFileName(), ".tmp", owner);
    try {
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString(permissions));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
    keepEntry(file);
  }

  private static void keepEntry(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
      folder.force(true);
    }
  }
}
