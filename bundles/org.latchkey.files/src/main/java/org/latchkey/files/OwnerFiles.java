package org.latchkey.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/** Files and folders that only their owner can read, on disk when a method returns. */
public final class OwnerFiles {

  private static final int CHUNK_BYTES = 65_536;
  private static final FileAttribute<Set<PosixFilePermission>> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final String FRESH = ".new";
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private OwnerFiles() {}

  /**
   * Makes a folder.
   *
   * @throws IOException when there is something of this name, or it can't be made
   */
  public static void folder(Path folder) throws IOException {
    Files.createDirectory(folder, FOLDER);
  }

  /**
   * Makes a file of all that a stream has; what passed through is wiped from memory.
   *
   * @throws IOException when there is something of this name, or it can't be made
   */
  public static void write(Path file, InputStream in) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    Files.createFile(file, FILE);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, read);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
      channel.force(true);
    } finally {
      Arrays.fill(chunk, (byte) 0);
    }
  }

  /**
   * Makes a folder and those above it that are not there; one that is there stays as it is.
   *
   * @throws IOException when it can't be made
   */
  public static void folders(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, FOLDER);
    }
  }

  /**
   * Replaces a file as a whole or not at all, through one beside it whose name ends with {@code
   * .new}, and makes its folder when there is none. A symbolic link is replaced, not followed. By
   * one thread at a time.
   *
   * @throws IOException when it can't be written; the file is as before
   */
  public static void replace(Path file, InputStream in) throws IOException {
    Path folder = file.toAbsolutePath().resolveSibling("");
    folders(folder);
    Path fresh = file.resolveSibling(file.getFileName() + FRESH);
    Files.deleteIfExists(fresh);
    try {
      write(fresh, in);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
    force(folder);
  }

  /**
   * All of a file; empty when there is none. What it was read into is the caller's to wipe.
   *
   * @param mostBytes how long it may be
   * @throws IOException when it can't be read, is a symbolic link or no file, is too long, or when
   *     others than its owner may write it
   */
  public static Optional<byte[]> read(Path file, int mostBytes) throws IOException {
    if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    PosixFileAttributes found =
        Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!found.isRegularFile()) {
      throw new FileSystemException(file.toString(), null, "is a link, or no file");
    }
    if (!Collections.disjoint(found.permissions(), OTHERS)) {
      throw new FileSystemException(file.toString(), null, "others may write it");
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(mostBytes);
      if (in.read() >= 0) {
        Arrays.fill(bytes, (byte) 0);
        throw new FileSystemException(
            file.toString(), null, "is longer than what is written there");
      }
      return Optional.of(bytes);
    }
  }

  /**
   * Removes a file, if there is one; it is gone from the disk when this returns.
   *
   * @throws IOException when it can't be removed
   */
  public static void remove(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      force(file.toAbsolutePath().resolveSibling(""));
    }
  }

  /** Has a file, or the names in a folder, written to the disk. */
  public static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
