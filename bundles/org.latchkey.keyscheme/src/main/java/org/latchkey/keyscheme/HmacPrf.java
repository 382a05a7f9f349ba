package org.latchkey.keyscheme;

import java.lang.invoke.VarHandle;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * HMAC-SHA-256 with the key in memory, as two digest states after the padded key: cloning them
 * costs two compressions a call and needs no lock. The JDK's provider uses the processor's SHA
 * instructions.
 */
public final class HmacPrf implements Prf {

  private static final int BLOCK_BYTES = 64;

  private final MessageDigest inner;
  private final MessageDigest outer;
  private volatile boolean closed;

  /**
   * Takes a copy of {@code key}, which stays the caller's to wipe.
   *
   * @throws IllegalArgumentException when it is longer than 64 bytes or empty
   */
  public HmacPrf(byte[] key) {
    if (key.length == 0 || key.length > BLOCK_BYTES) {
      throw new IllegalArgumentException("an HMAC-SHA-256 key has 1 to 64 bytes here");
    }
    inner = padded(key, (byte) 0x36);
    outer = padded(key, (byte) 0x5c);
  }

  /**
   * HMAC-SHA-256 of {@code message}.
   *
   * @throws IllegalStateException after {@link #close()}, also when that came in the middle: a
   *     wiped key would otherwise answer with what anybody can compute
   */
  @Override
  public byte[] mac(byte[] message) {
    try {
      MessageDigest first = (MessageDigest) inner.clone();
      byte[] hash = first.digest(message);
      MessageDigest second = (MessageDigest) outer.clone();
      byte[] mac = second.digest(hash);
      VarHandle.acquireFence();
      if (closed) {
        throw new IllegalStateException("the key was wiped");
      }
      return mac;
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this provider's SHA-256 can't be cloned", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    VarHandle.fullFence();
    inner.reset();
    outer.reset();
  }

  private static MessageDigest padded(byte[] key, byte pad) {
    byte[] block = Arrays.copyOf(key, BLOCK_BYTES);
    try {
      for (int i = 0; i < BLOCK_BYTES; i++) {
        block[i] ^= pad;
      }
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(block);
      return digest;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    } finally {
      Arrays.fill(block, (byte) 0);
    }
  }
}
