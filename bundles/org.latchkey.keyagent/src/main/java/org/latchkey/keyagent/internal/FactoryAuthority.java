package org.latchkey.keyagent.internal;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latchkey.key.FactoryTrust.Authority;

/**
 * A factory authority that is trusted for one vendor.
 *
 * @param vendor whose phones it vouches for
 * @param acceptExpired whether certificates of its that have expired are taken
 * @param certificate its certificate: what is trusted is the key in it
 */
record FactoryAuthority(String vendor, boolean acceptExpired, X509Certificate certificate) {

  private static final int LEAST_RSA_BITS = 2_048;
  private static final int MOST = 32;

  /** As authorities are kept and as they are imported: what is outside the armour is skipped. */
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----");

  /** The certificates in a text, in their order. */
  static List<X509Certificate> certificates(String text) throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> found = new ArrayList<>();
    Matcher armoured = PEM.matcher(text);
    while (armoured.find()) {
      byte[] der;
      try {
        der = Base64.getMimeDecoder().decode(armoured.group(1));
      } catch (IllegalArgumentException e) {
        throw new CertificateException("not in base64", e);
      }
      found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
      if (found.size() > MOST) {
        throw new CertificateException("more than " + MOST + " certificates");
      }
    }
    return found;
  }

  /** What is wrong with a certificate as an authority, as the end of a sentence; else empty. */
  static String fault(X509Certificate certificate) {
    boolean[] usage = certificate.getKeyUsage();
    String signature = certificate.getSigAlgName();
    if (certificate.getBasicConstraints() < 0 || (usage != null && !usage[5])) {
      return "is no authority: it may sign no certificates";
    }
    if (certificate.getPublicKey() instanceof RSAPublicKey key
        && key.getModulus().bitLength() < LEAST_RSA_BITS) {
      return "has an RSA key of less than 2048 bits, which can be broken";
    }
    return signature.startsWith("MD") ? "is signed with " + signature + ", which is broken" : "";
  }

  /** As administrators see it. */
  Authority shown() {
    return new Authority(
        vendor,
        certificate.getSubjectX500Principal().getName(),
        sha256(),
        certificate.getNotAfter().toInstant(),
        acceptExpired);
  }

  /** The fingerprint of its certificate. */
  String sha256() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** As it is kept. */
  String text() {
    try {
      return "vendor=%s accept-expired=%s%n-----BEGIN CERTIFICATE-----%n%s%n-----END CERTIFICATE-----%n"
          .formatted(
              vendor,
              acceptExpired,
              Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                  .encodeToString(certificate.getEncoded()));
    } catch (CertificateException e) {
      throw new IllegalStateException("it was read from its encoding", e);
    }
  }
}
