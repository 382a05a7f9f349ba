package org.latchkey.sealing;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;

/**
 * The key pair of a registrar node, to which exports are sealed: X25519. Its private part never
 * leaves the node. Not thread-safe.
 */
public final class NodeKey implements AutoCloseable {

  private final byte[] bytes;

  private NodeKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A new one. */
  public static NodeKey random(SecureRandom random) {
    byte[] bytes = new byte[PublicPart.KEY_BYTES];
    random.nextBytes(bytes);
    return new NodeKey(bytes);
  }

  /**
   * One that was kept.
   *
   * @param bytes copied
   * @throws IllegalArgumentException when they are not 32
   */
  public static NodeKey of(byte[] bytes) {
    if (bytes.length != PublicPart.KEY_BYTES) {
      throw new IllegalArgumentException("a node's key has 32 bytes");
    }
    return new NodeKey(bytes.clone());
  }

  /** What is to be kept, 32 bytes; the caller's to wipe. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** What agents are told. */
  public PublicPart publicPart() {
    return new PublicPart(
        PublicPart.Kind.NODE, Suite.hpke().serializePublicKey(pair().getPublic()));
  }

  AsymmetricCipherKeyPair pair() {
    return Suite.keyPair(bytes);
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }
}
