package org.latchkey.audit.internal.chain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The key pair that signs the chain's head and nothing else: Ed25519 (RFC 8032) of the JDK, in two
 * PEM files, {@code head.key} and {@code head.pub}. It does not protect the chain from whoever
 * reads the key; a head that was taken elsewhere does.
 */
final class HeadKey {

  private static final String ALGORITHM = "Ed25519";
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private final PrivateKey privateKey;
  private final byte[] publicKey;
  private final boolean made;

  private HeadKey(PrivateKey privateKey, byte[] publicKey, boolean made) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
    this.made = made;
  }

  /**
   * Reads the key pair, or makes it when there is none.
   *
   * @throws IOException when it can't be read or written
   */
  static HeadKey in(Path folder) throws IOException {
    OwnerFile secret = new OwnerFile(folder.resolve("head.key"));
    OwnerFile open = new OwnerFile(folder.resolve("head.pub"));
    try {
      Optional<String> pem = secret.read();
      if (pem.isPresent()) {
        KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
        byte[] encoded =
            encoded(open.read().orElseThrow(() -> new IOException("no " + open.path())));
        PrivateKey key = factory.generatePrivate(new PKCS8EncodedKeySpec(encoded(pem.get())));
        HeadKey read = new HeadKey(key, encoded, false);
        if (!verifies(encoded, "head", read.sign("head"))) {
          throw new IOException(secret.path() + " and " + open.path() + " are no pair");
        }
        return read;
      }
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      open.write(pem("PUBLIC KEY", pair.getPublic().getEncoded()));
      secret.write(pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
      return new HeadKey(pair.getPrivate(), pair.getPublic().getEncoded(), true);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(secret.path() + " is no Ed25519 key", e);
    }
  }

  /** Whether it was made just now. */
  boolean isMade() {
    return made;
  }

  /** The public key as X.509 has it. */
  byte[] publicKey() {
    return publicKey.clone();
  }

  byte[] sign(String text) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(privateKey);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK from 15 on signs with Ed25519", e);
    }
  }

  /** Whether a text was signed with the private key of this public one. */
  static boolean verifies(byte[] publicKey, String text, byte[] signed) {
    try {
      PublicKey key =
          KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(publicKey));
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(key);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String pem(String what, byte[] encoded) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, LINES.encodeToString(encoded), what);
  }

  private static byte[] encoded(String pem) {
    String[] lines = pem.strip().split("\n", -1);
    return Base64.getMimeDecoder()
        .decode(String.join("", Arrays.copyOfRange(lines, 1, Math.max(1, lines.length - 1))));
  }
}
