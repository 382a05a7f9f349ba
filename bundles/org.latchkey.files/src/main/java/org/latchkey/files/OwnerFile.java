package org.latchkey.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * A file that only its owner can read, replaced as a whole or not at all. Symbolic links are
 * refused.
 */
public final class OwnerFile {

  private static final long MAX_BYTES = 64L << 20;

  private final Path path;

  /** A file of this name in a folder, which is made when it is written first. */
  public OwnerFile(Path folder, String name) {
    this.path = folder.resolve(name);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Whether something is there, if only a link. */
  public boolean exists() {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Size, time and identity: differs whenever the file was replaced or written. */
  public String stamp() {
    try {
      BasicFileAttributes a =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return a.size() + " " + a.lastModifiedTime() + " " + a.fileKey();
    } catch (IOException e) {
      return "";
    }
  }

  /**
   * All of it, for the caller to wipe.
   *
   * @throws IOException when it can't be read, is a link, or others may read it
   */
  public byte[] read() throws IOException {
    if (Files.isSymbolicLink(path)) {
      throw new FileSystemException(path.toString(), null, "is a symbolic link");
    }
    Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(path));
    others.removeAll(PosixFilePermissions.fromString("rwx------"));
    if (!others.isEmpty()) {
      throw new FileSystemException(
          path.toString(), null, "can be read or written by others: chmod 600 it");
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      if (channel.size() > MAX_BYTES) {
        throw new FileSystemException(path.toString(), null, "is too long");
      }
      ByteBuffer buffer = ByteBuffer.allocate((int) channel.size());
      int read = 0;
      while (buffer.hasRemaining() && read >= 0) {
        read = channel.read(buffer);
      }
      return buffer.array();
    }
  }

  /**
   * Replaces the file; its bytes and its name are on disk when this returns. By one thread at a
   * time; what a process that died left half-written is overwritten.
   *
   * @throws IOException when that failed; the old file is as it was
   */
  public void write(byte[] bytes) throws IOException {
    OwnerFiles.replace(path, new ByteArrayInputStream(bytes));
  }

  /**
   * Removes it, for good when this returns.
   *
   * @throws IOException when that failed
   */
  public void delete() throws IOException {
    OwnerFiles.remove(path);
  }
}
