package org.latchkey.doctor.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The directories that Latchkey must be able to write to. */
final class Disk {

  private static final int TRIAL_BYTES = 256 * 1024;
  private static final long MEBIBYTE = 1024L * 1024L;

  private final Path base;
  private final int leastFreeMebibytes;

  /**
   * The disk below a directory.
   *
   * @param base the directory {@code latchkey}
   */
  Disk(Path base, int leastFreeMebibytes) {
    this.base = base;
    this.leastFreeMebibytes = leastFreeMebibytes;
  }

  /** Writes a file in each, and looks at the space that is left. */
  String check() throws Trouble, IOException {
    long least = Long.MAX_VALUE;
    for (Path directory : List.of(base, base.resolve("store"))) {
      if (Files.isDirectory(directory)) {
        write(directory);
        FileStore store = Files.getFileStore(directory);
        long free = store.getUsableSpace() / MEBIBYTE;
        if (free < leastFreeMebibytes) {
          throw new Trouble(
              "The disk of %s is almost full: %d MiB are free.".formatted(directory, free),
              "Make room: without it no key can be issued and no change recorded.");
        }
        least = Math.min(least, free);
      }
    }
    if (least == Long.MAX_VALUE) {
      throw new Trouble(
          "There is no directory %s.".formatted(base),
          "It is made when Latchkey first starts: look at log:display.");
    }
    return "%s can be written, %d MiB are free.".formatted(base, least);
  }

  private static void write(Path directory) throws Trouble {
    Path trial = directory.resolve(".doctor-" + ProcessHandle.current().pid());
    try (FileChannel channel =
        FileChannel.open(
            trial,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      ByteBuffer bytes = ByteBuffer.allocate(TRIAL_BYTES);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException e) {
      throw new Trouble(
          "%s can't be written: %s.".formatted(directory, e.getMessage()),
          "Make room on its disk if that is full, mount it writable, or give it to the user that runs Karaf.");
    }
  }
}
