package org.latchkey.phones.internal;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.latchkey.key.Secret;

/** Bytes of a file that carries a secret. Large enough from the start, so that none are copied. */
final class WipedOutput extends ByteArrayOutputStream {

  private static final int BYTES = 32 * 1024;

  WipedOutput() {
    super(BYTES);
  }

  /** What was written, as a secret of its receiver; this keeps nothing of it. */
  Secret end() {
    byte[] exact = toByteArray();
    try {
      return Secret.copyOf(exact);
    } finally {
      Arrays.fill(exact, (byte) 0);
      Arrays.fill(buf, (byte) 0);
      reset();
    }
  }
}
