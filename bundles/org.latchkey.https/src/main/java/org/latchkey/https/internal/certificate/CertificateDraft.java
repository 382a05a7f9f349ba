package org.latchkey.https.internal.certificate;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/** A certificate before it is signed, with ECDSA and SHA-256 (RFC 5280, RFC 5758 §3.2). */
final class CertificateDraft {

  private static final AlgorithmIdentifier ECDSA_WITH_SHA256 =
      new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.840.10045.4.3.2"));
  private static final int SERIAL_BYTES = 16;
  private static final int KEY_IDENTIFIER_BYTES = 20;

  private final V3TBSCertificateGenerator fields = new V3TBSCertificateGenerator();
  private final ExtensionsGenerator extensions = new ExtensionsGenerator();

  /** A draft with a random serial number. */
  CertificateDraft(X500Name issuer, X500Name subject, PublicKey key, Instant start, Instant end) {
    byte[] serial = new byte[SERIAL_BYTES];
    new SecureRandom().nextBytes(serial);
    fields.setSerialNumber(new ASN1Integer(new BigInteger(1, serial).setBit(0)));
    fields.setIssuer(issuer);
    fields.setSubject(subject);
    fields.setStartDate(new Time(Date.from(start)));
    fields.setEndDate(new Time(Date.from(end)));
    fields.setSignature(ECDSA_WITH_SHA256);
    fields.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    with(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyIdentifier(key)));
  }

  /** Adds an extension. */
  CertificateDraft with(ASN1ObjectIdentifier name, boolean critical, ASN1Encodable value) {
    try {
      extensions.addExtension(name, critical, value);
    } catch (IOException e) {
      throw new IllegalStateException("an extension can't be encoded", e);
    }
    return this;
  }

  /** The certificate, signed with an EC key. */
  X509Certificate signedWith(PrivateKey key) {
    fields.setExtensions(extensions.generate());
    TBSCertificate content = fields.generateTBSCertificate();
    try {
      Signature signer = Signature.getInstance("SHA256withECDSA");
      signer.initSign(key);
      signer.update(content.getEncoded(ASN1Encoding.DER));
      ASN1Encodable[] parts = {content, ECDSA_WITH_SHA256, new DERBitString(signer.sign())};
      return PemFile.certificate(
          "What was just made", new DERSequence(parts).getEncoded(ASN1Encoding.DER));
    } catch (GeneralSecurityException | IOException | UnusableFileException e) {
      throw new IllegalStateException("a certificate can't be signed", e);
    }
  }

  /** The identifier of a key: 160 bits of a SHA-256 (RFC 7093 §2, method 1). */
  static byte[] keyIdentifier(PublicKey key) {
    byte[] bits = SubjectPublicKeyInfo.getInstance(key.getEncoded()).getPublicKeyData().getOctets();
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bits);
      return Arrays.copyOf(hash, KEY_IDENTIFIER_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
