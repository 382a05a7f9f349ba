package org.latchkey.store.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A disk, as H2 sees it, that can run full: the real one below, until it is told to fail. */
public final class FailingDisk extends FilePathWrapper {
  private static final AtomicLong WRITES_LEFT = new AtomicLong(Long.MAX_VALUE);
  private static final AtomicLong SYNCS = new AtomicLong();

  /** The store at {@code real}, on this disk. */
  static H2File below(H2File real) {
    FilePath.register(new FailingDisk());
    String name = real.file().toString().replace(".mv.db", "");
    return new H2File("jdbc:h2:failing:" + name, real.file(), real.mistake());
  }

  /** From now on {@code writes} more writes succeed. */
  static void fullAfter(long writes) {
    WRITES_LEFT.set(writes);
  }

  static void hasSpaceAgain() {
    WRITES_LEFT.set(Long.MAX_VALUE);
  }

  /** How often the disk was asked to make sure. */
  static long syncs() {
    return SYNCS.get();
  }

  @Override
  public String getScheme() {
    return "failing";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new CountingChannel(super.open(mode));
  }

  private static final class CountingChannel extends FileBaseDefault {
    private final FileChannel real;

    CountingChannel(FileChannel real) {
      this.real = real;
    }

    @Override
    public synchronized int write(ByteBuffer from, long position) throws IOException {
      if (WRITES_LEFT.getAndDecrement() <= 0) {
        throw new IOException("No space left on device");
      }
      return real.write(from, position);
    }

    @Override
    public synchronized int read(ByteBuffer into, long position) throws IOException {
      return real.read(into, position);
    }

    @Override
    public void force(boolean metaData) throws IOException {
      SYNCS.incrementAndGet();
      real.force(metaData);
    }

    @Override
    public long size() throws IOException {
      return real.size();
    }

    @Override
    protected void implTruncate(long size) throws IOException {
      real.truncate(size);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return real.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      real.close();
    }
  }
}
