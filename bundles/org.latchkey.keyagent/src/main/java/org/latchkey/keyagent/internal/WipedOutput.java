package org.latchkey.keyagent.internal;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.latchkey.key.Secret;

/** Bytes that become a secret, of which nothing stays behind. */
final class WipedOutput extends ByteArrayOutputStream {

  private static final int ROOM = 4096;

  /** With room enough that a key's answer never moves to a greater array. */
  WipedOutput() {
    super(ROOM);
  }

  /** What was written; this is empty afterwards. */
  synchronized Secret toSecret() {
    byte[] exact = toByteArray();
    Secret secret = Secret.copyOf(exact);
    Arrays.fill(exact, (byte) 0);
    Arrays.fill(buf, (byte) 0);
    reset();
    return secret;
  }
}
