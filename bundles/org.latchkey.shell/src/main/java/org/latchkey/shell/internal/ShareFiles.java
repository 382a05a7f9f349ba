package org.latchkey.shell.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.latchkey.backup.NewBackup;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;

/** Shares of a backup in files, one each, owner-only from their first moment. */
public final class ShareFiles {

  private static final int MOST_BYTES = 4_096;

  private final Path folder;

  private ShareFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes the folder, before there is a share.
   *
   * @throws RequestRefusedException when there is something of this name, or it can't be made
   */
  public static ShareFiles in(Path folder) {
    try {
      Files.createDirectory(folder, owner("rwx------"));
      return new ShareFiles(folder);
    } catch (FileAlreadyExistsException e) {
      throw refused(
          "backed up", "there is %s already. Name another for the shares".formatted(folder));
    } catch (IOException e) {
      throw refused("backed up", FileFault.making(folder, e));
    }
  }

  /**
   * Writes a file for each share; they are on disk when this returns.
   *
   * @throws IOException when one can't be written
   */
  public void write(NewBackup backup, int threshold) throws IOException {
    int all = backup.shares().size();
    for (int number = 1; number <= all; number++) {
      String title =
          "# Latchkey, share %d of %d of backup %s. Any %d of them restore it.%n"
              .formatted(number, all, backup.name(), threshold);
      Path file = folder.resolve("share-%d-of-%d.txt".formatted(number, all));
      write(file, title.getBytes(StandardCharsets.UTF_8), backup.shares().get(number - 1));
    }
  }

  private static void write(Path file, byte[] title, Secret share) throws IOException {
    byte[] text = share.copy();
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            owner("rw-------"))) {
      for (byte[] part : new byte[][] {title, text, {'\n'}}) {
        ByteBuffer buffer = ByteBuffer.wrap(part);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
      channel.force(true);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  /** Removes the folder, if nothing was written. */
  public void discard() {
    try {
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw refused("backed up", "can't remove %s again".formatted(folder));
    }
  }

  /**
   * The share in a file, for the caller to close.
   *
   * @throws RequestRefusedException when it can't be read
   */
  public static Secret read(Path file) {
    byte[] bytes = new byte[MOST_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      int length = in.readNBytes(bytes, 0, MOST_BYTES);
      return Secret.copyOf(share(bytes, length));
    } catch (IOException e) {
      throw refused("restored", FileFault.reading(file, e));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Without lines that begin with a number sign; what is left over is wiped. */
  private static byte[] share(byte[] bytes, int length) {
    int kept = 0;
    boolean title = false;
    boolean begins = true;
    for (int i = 0; i < length; i++) {
      title = begins ? bytes[i] == '#' : title;
      begins = bytes[i] == '\n';
      if (!title && bytes[i] > ' ') {
        bytes[kept++] = bytes[i];
      }
    }
    return Arrays.copyOf(bytes, kept);
  }

  private static FileAttribute<?> owner(String rights) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights));
  }

  private static RequestRefusedException refused(String deed, String why) {
    return new RequestRefusedException("Nothing was %s: %s.".formatted(deed, why));
  }
}
