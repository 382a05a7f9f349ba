package org.latchkey.sealing;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** The key pair with which an agent signs its exports: Ed25519 (RFC 8032). Not thread-safe. */
public final class AgentKey implements AutoCloseable {

  static final int SIGNATURE_BYTES = 64;

  private final byte[] bytes;

  private AgentKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A new one. */
  public static AgentKey random(SecureRandom random) {
    byte[] bytes = new byte[PublicPart.KEY_BYTES];
    random.nextBytes(bytes);
    return new AgentKey(bytes);
  }

  /**
   * One that was kept.
   *
   * @param bytes copied
   * @throws IllegalArgumentException when they are not 32
   */
  public static AgentKey of(byte[] bytes) {
    if (bytes.length != PublicPart.KEY_BYTES) {
      throw new IllegalArgumentException("an agent's key for exports has 32 bytes");
    }
    return new AgentKey(bytes.clone());
  }

  /** What is to be kept, 32 bytes; the caller's to wipe. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** What nodes trust. */
  public PublicPart publicPart() {
    return new PublicPart(PublicPart.Kind.AGENT, key().generatePublicKey().getEncoded());
  }

  byte[] sign(byte[] message) {
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, key());
    signer.update(message, 0, message.length);
    return signer.generateSignature();
  }

  /** Whether the agent of this public part signed the first {@code length} bytes. */
  static boolean signed(PublicPart agent, byte[] message, int length, byte[] signature) {
    Ed25519Signer verifier = new Ed25519Signer();
    verifier.init(false, new Ed25519PublicKeyParameters(agent.bytes()));
    verifier.update(message, 0, length);
    return verifier.verifySignature(signature);
  }

  private Ed25519PrivateKeyParameters key() {
    return new Ed25519PrivateKeyParameters(bytes);
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }
}
