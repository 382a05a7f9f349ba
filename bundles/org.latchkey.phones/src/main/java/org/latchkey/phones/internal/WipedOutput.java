package org.latchkey.phones.internal;

import java.io.OutputStream;
import java.util.Arrays;
import org.latchkey.key.Secret;

/** Bytes of a file that carries a secret: grown out of arrays are wiped, and nothing is left. */
final class WipedOutput extends OutputStream {

  private byte[] bytes = new byte[8 * 1024];
  private int length;

  @Override
  public void write(int b) {
    room(1);
    bytes[length++] = (byte) b;
  }

  @Override
  public void write(byte[] from, int offset, int count) {
    room(count);
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  /** Writes one character in UTF-8. */
  void character(int codePoint) {
    if (codePoint < 0x80) {
      write(codePoint);
    } else if (codePoint < 0x800) {
      write(0xc0 | (codePoint >> 6));
      write(0x80 | (codePoint & 0x3f));
    } else if (codePoint < 0x10000) {
      write(0xe0 | (codePoint >> 12));
      write(0x80 | ((codePoint >> 6) & 0x3f));
      write(0x80 | (codePoint & 0x3f));
    } else {
      write(0xf0 | (codePoint >> 18));
      write(0x80 | ((codePoint >> 12) & 0x3f));
      write(0x80 | ((codePoint >> 6) & 0x3f));
      write(0x80 | (codePoint & 0x3f));
    }
  }

  /** Writes text as it stands. */
  void text(String text) {
    text.codePoints().forEach(this::character);
  }

  /** What was written, as a secret of its receiver; this keeps nothing of it. */
  Secret end() {
    byte[] exact = Arrays.copyOf(bytes, length);
    try {
      return Secret.copyOf(exact);
    } finally {
      Arrays.fill(exact, (byte) 0);
      Arrays.fill(bytes, (byte) 0);
      length = 0;
    }
  }

  private void room(int count) {
    if (length + count > bytes.length) {
      byte[] before = bytes;
      bytes = Arrays.copyOf(before, Math.max(2 * before.length, length + count));
      Arrays.fill(before, (byte) 0);
    }
  }
}
