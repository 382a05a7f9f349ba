package org.latchkey.backup.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.Mac;

/** Writes a sealed file, which is made by this and owner-only. */
final class SealingStream extends OutputStream {

  private final FileChannel file;
  private final Cipher cipher;
  private final Mac mac;

  SealingStream(Path path, byte[] header, Cipher cipher, Mac mac) throws IOException {
    this.cipher = cipher;
    this.mac = mac;
    file =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    authentic(header);
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    if (length > 0) {
      authentic(cipher.update(bytes, from, length));
    }
  }

  /** Ends the file; it is on disk when this returns. */
  void end() throws IOException {
    put(mac.doFinal());
    file.force(true);
  }

  private void authentic(byte[] bytes) throws IOException {
    mac.update(bytes);
    put(bytes);
  }

  private void put(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
