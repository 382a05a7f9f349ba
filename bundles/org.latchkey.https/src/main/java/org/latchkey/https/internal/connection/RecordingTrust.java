package org.latchkey.https.internal.connection;

import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;

/**
 * The trust of the phones' door: any client certificate passes the handshake and is handed on as
 * not verified. Whoever needs proof checks the chain against its own anchors. No issuer is listed,
 * so that a phone is not silent because its maker's authority is missing from the list.
 *
 * <p>Only keys that no phone has end the handshake. The next thing it does is to check a signature
 * with the peer's own key, and the peer may have made that key for it to take seconds.
 */
final class RecordingTrust extends NoTrust {

  private static final int MOST_RSA_BITS = 8_192;
  private static final int MOST_EXPONENT_BITS = 64;

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    // The first certificate's alone is used in the handshake.
    if (!isQuick(chain[0].getPublicKey())) {
      throw new CertificateException("a key that takes too long to check a signature with");
    }
  }

  private static boolean isQuick(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return rsa.getModulus().bitLength() <= MOST_RSA_BITS
          && rsa.getPublicExponent().bitLength() <= MOST_EXPONENT_BITS;
    }
    return key instanceof ECPublicKey || key instanceof EdECPublicKey;
  }
}
