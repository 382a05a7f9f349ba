package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.latchkey.key.Secret;

/**
 * A new file that only its owner can read, written bit by bit: no more than a few secrets are in
 * memory at any moment, and none when it is closed.
 */
final class LegacyWriter implements AutoCloseable {

  private static final int ROOM = 8_192;

  private final FileChannel channel;
  private final byte[] buffer = new byte[ROOM];
  private int used;

  /**
   * Makes the file.
   *
   * @throws IOException when there is something of this name, or it can't be made
   */
  LegacyWriter(Path file) throws IOException {
    channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /** Writes what is no secret. */
  LegacyWriter text(String text) throws IOException {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a secret, which stays the caller's to close. */
  LegacyWriter secret(Secret secret) throws IOException {
    return secret(secret.copy());
  }

  /** Writes a secret and wipes the array. */
  LegacyWriter secret(byte[] secret) throws IOException {
    try {
      return add(secret);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** All of it is on the disk when this returns. */
  void finish() throws IOException {
    flush();
    channel.force(true);
  }

  private LegacyWriter add(byte[] bytes) throws IOException {
    if (bytes.length > ROOM - used) {
      flush();
    }
    if (bytes.length > ROOM) {
      throw new IOException("a value is longer than any name or secret");
    }
    System.arraycopy(bytes, 0, buffer, used, bytes.length);
    used += bytes.length;
    return this;
  }

  private void flush() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, used);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    Arrays.fill(buffer, (byte) 0);
    used = 0;
  }

  /** Ends it; what {@link #finish} has not written is not in it. */
  @Override
  public void close() throws IOException {
    Arrays.fill(buffer, (byte) 0);
    used = 0;
    channel.close();
  }
}
