package org.latchkey.backup.internal;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;

/** Reads the content of a sealed file, and tells at its end whether all of it was as written. */
final class OpeningStream extends InputStream {

  private static final int CHUNK_BYTES = 65_536;

  private final InputStream file;
  private final Cipher cipher;
  private final Mac mac;
  private long left;

  OpeningStream(Path path, byte[] header, Cipher cipher, Mac mac) throws IOException {
    this.cipher = cipher;
    this.mac = mac;
    left = Files.size(path) - header.length - SealedFile.MAC_BYTES;
    file = new BufferedInputStream(Files.newInputStream(path), CHUNK_BYTES);
    file.skipNBytes(header.length);
    mac.update(header);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left <= 0) {
      return -1;
    }
    byte[] sealed = file.readNBytes((int) Math.min(length, Math.min(left, CHUNK_BYTES)));
    if (sealed.length == 0) {
      throw new EOFException("the file ends too early");
    }
    mac.update(sealed);
    left -= sealed.length;
    byte[] clear = cipher.update(sealed);
    System.arraycopy(clear, 0, bytes, from, clear.length);
    Arrays.fill(clear, (byte) 0);
    return sealed.length;
  }

  /**
   * Reads what is left, and looks at the end.
   *
   * @throws IOException when any of it is not as it was written
   */
  void end() throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    int read = 0;
    while (read >= 0) {
      read = read(chunk, 0, chunk.length);
    }
    Arrays.fill(chunk, (byte) 0);
    byte[] written = file.readNBytes(SealedFile.MAC_BYTES + 1);
    if (left < 0 || !MessageDigest.isEqual(mac.doFinal(), written)) {
      throw new IOException("it is not as it was written");
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
