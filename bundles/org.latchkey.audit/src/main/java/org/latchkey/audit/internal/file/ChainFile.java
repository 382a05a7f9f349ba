package org.latchkey.audit.internal.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.latchkey.audit.ChainedRecord;
import org.latchkey.files.OwnerFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The owner-only file, open for appending. What a process that died left of a last line is taken
 * away, or completed when only its end is missing; whole lines are never touched. Not thread-safe.
 */
final class ChainFile implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ChainFile.class);

  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rw-------");

  /** Has what was written to a channel put on the disk. */
  interface Force {
    void apply(FileChannel channel) throws IOException;
  }

  private final Path path;
  private final Force force;
  private final FileChannel channel;
  private final FileChannel lock;
  private final @Nullable Object identity;
  private long length;
  private Optional<ChainedRecord> last;

  private ChainFile(Path path, Force force, FileChannel channel, FileChannel lock)
      throws IOException {
    this.path = path;
    this.force = force;
    this.channel = channel;
    this.lock = lock;
    this.identity = identity(path);
    this.length = channel.size();
    repairEnd();
    this.last = lastIn(path, length);
  }

  /**
   * Opens the file, or makes it, for this process alone and its owner alone.
   *
   * @throws IOException when that can't be, or it is a symbolic link
   */
  static ChainFile open(Path path, Force force) throws IOException {
    Path folder = Objects.requireNonNull(path.getParent());
    OwnerFiles.folders(folder);
    FileChannel lock = lock(path.resolveSibling(path.getFileName() + ".lock"));
    @Nullable FileChannel channel = null;
    try {
      channel = channel(path);
      Files.setPosixFilePermissions(path, OWNERS);
      OwnerFiles.force(folder);
      return new ChainFile(path, force, channel, lock);
    } catch (IOException | RuntimeException e) {
      if (channel != null) {
        channel.close();
      }
      lock.close();
      throw e;
    }
  }

  private static FileChannel channel(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      throw new FileSystemException(path.toString(), null, "is a symbolic link");
    }
    return FileChannel.open(
        path,
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS),
        PosixFilePermissions.asFileAttribute(OWNERS));
  }

  /** A file of its own: closing a file anywhere in a process ends the locks that it has on it. */
  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel = channel(path);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      LOG.debug("{} is locked by this process", path, e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new FileSystemException(path.toString(), null, "somebody else has locked it");
  }

  /** How many bytes of it are whole records, or were when it was opened. */
  long length() {
    return length;
  }

  /** The record at its end. */
  Optional<ChainedRecord> last() {
    return last;
  }

  /**
   * Appends; it is on disk when this returns.
   *
   * @throws IOException when it is not; the file ends as before, as far as that could be seen to
   */
  void append(List<ChainedRecord> records) throws IOException {
    if (records.isEmpty()) {
      return;
    }
    if (!Objects.equals(identity, identity(path))) {
      throw new NoSuchFileException(path.toString(), null, "was removed or replaced");
    }
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (ChainedRecord record : records) {
      lines.writeBytes(RecordLine.encode(record));
    }
    try {
      put(lines.toByteArray(), length);
    } catch (IOException e) {
      try {
        channel.truncate(length);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
    length += lines.size();
    last = Optional.of(records.get(records.size() - 1));
  }

  private void put(byte[] bytes, long position) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long at = position;
    while (buffer.hasRemaining()) {
      at += channel.write(buffer, at);
    }
    force.apply(channel);
  }

  private void repairEnd() throws IOException {
    Lines lines = new Lines(path, length);
    long end = lines.endOfLastLine();
    if (end == length) {
      return;
    }
    byte[] torn = lines.bytes(end, length);
    byte[] whole = Arrays.copyOf(torn, torn.length + 1);
    whole[torn.length] = '\n';
    if (RecordLine.decode(whole).isPresent()) {
      put(new byte[] {'\n'}, length);
      length++;
      return;
    }
    channel.truncate(end);
    channel.force(true);
    length = end;
    LOG.warn("{} ended in the middle of a record, which nobody was told of; it is cut off", path);
  }

  private static Optional<ChainedRecord> lastIn(Path path, long length) throws IOException {
    if (length == 0) {
      return Optional.empty();
    }
    Lines lines = new Lines(path, length);
    byte[] line = lines.bytes(lines.startOfLine(length - 1), length);
    Optional<ChainedRecord> record = RecordLine.decode(line);
    if (record.isEmpty()) {
      throw new IOException(path + " ends with a line that is no record");
    }
    return record;
  }

  private static @Nullable Object identity(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      lock.close();
    }
  }
}
