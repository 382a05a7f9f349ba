package org.latchkey.keyscheme;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.latchkey.key.DigestAlgorithm;

/** The HA1 of SIP digest (RFC 7616 section 3.4.2): {@code H(username:realm:password)}. */
public final class Ha1 {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  // A clone costs a fraction of a look-up among the providers.
  private static final MessageDigest MD5 = fromProvider(DigestAlgorithm.MD5);
  private static final MessageDigest SHA_256 = fromProvider(DigestAlgorithm.SHA_256);

  private Ha1() {}

  /**
   * The HA1 in lower-case hexadecimal, ASCII: worth as much as the secret, the caller's to wipe.
   *
   * @param secret the password's bytes
   */
  public static byte[] hex(
      DigestAlgorithm algorithm, String username, String realm, byte[] secret) {
    MessageDigest digest = digest(algorithm);
    digest.update(username.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) ':');
    digest.update(realm.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) ':');
    return hex(digest.digest(secret));
  }

  /** A new digest of the algorithm, from the JDK's providers. */
  public static MessageDigest digest(DigestAlgorithm algorithm) {
    try {
      return (MessageDigest) (algorithm == DigestAlgorithm.MD5 ? MD5 : SHA_256).clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this provider's digests can't be cloned", e);
    }
  }

  private static MessageDigest fromProvider(DigestAlgorithm algorithm) {
    try {
      return MessageDigest.getInstance(algorithm.jcaName());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5 and SHA-256", e);
    }
  }

  /** Lower-case hexadecimal in ASCII. */
  public static byte[] hex(byte[] bytes) {
    byte[] text = new byte[bytes.length * 2];
    int at = 0;
    for (byte b : bytes) {
      text[at++] = HEX[(b >>> 4) & 0xf];
      text[at++] = HEX[b & 0xf];
    }
    return text;
  }
}
