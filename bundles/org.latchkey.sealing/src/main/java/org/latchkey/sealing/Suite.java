package org.latchkey.sealing;

import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;

/**
 * HPKE (RFC 9180) in base mode with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and ChaCha20Poly1305:
 * the one suite that exports are sealed with.
 */
final class Suite {

  private Suite() {}

  /** A new one: it may be used by one thread. */
  static HPKE hpke() {
    return new HPKE(
        HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_CHACHA20_POLY1305);
  }

  /** The pair of a private key of 32 bytes. */
  static AsymmetricCipherKeyPair keyPair(byte[] privateKey) {
    X25519PrivateKeyParameters key = new X25519PrivateKeyParameters(privateKey);
    return new AsymmetricCipherKeyPair(key.generatePublicKey(), key);
  }
}
