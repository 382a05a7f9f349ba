package org.latchkey.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/** Files and folders that only their owner can read, on disk when a method returns. */
public final class OwnerFiles {

  private static final int CHUNK_BYTES = 65_536;
  private static final FileAttribute<Set<PosixFilePermission>> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

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

  /** Has a file, or the names in a folder, written to the disk. */
  public static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
