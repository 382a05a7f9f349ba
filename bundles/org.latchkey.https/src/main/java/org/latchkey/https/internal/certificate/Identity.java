package org.latchkey.https.internal.certificate;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.List;

/**
 * A private key and the certificates that vouch for it.
 *
 * @param key the key
 * @param chain the certificates, leaf first, never empty
 */
public record Identity(PrivateKey key, List<X509Certificate> chain) {

  /** Copies the chain and checks that it belongs to the key. */
  public Identity {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("no certificate");
    }
    if (!belongTogether(key, chain.get(0).getPublicKey())) {
      throw new IllegalArgumentException("the key does not belong to the certificate");
    }
  }

  /** The certificate of the key itself. */
  public X509Certificate leaf() {
    return chain.get(0);
  }

  /** Never the key. */
  @Override
  public String toString() {
    return "Identity[" + leaf().getSubjectX500Principal() + ']';
  }

  static boolean belongTogether(PrivateKey key, PublicKey publicKey) {
    byte[] sample = new byte[32];
    new SecureRandom().nextBytes(sample);
    try {
      Signature signer = Signature.getInstance(algorithmFor(key));
      signer.initSign(key);
      signer.update(sample);
      Signature verifier = Signature.getInstance(algorithmFor(key));
      verifier.initVerify(publicKey);
      verifier.update(sample);
      return verifier.verify(signer.sign());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String algorithmFor(PrivateKey key) {
    if (key instanceof ECKey) {
      return "SHA256withECDSA";
    }
    return key instanceof RSAKey ? "SHA256withRSA" : key.getAlgorithm();
  }
}
