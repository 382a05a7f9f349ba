package org.latchkey.https.internal.certificate;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * The site's own certificate authority: ECDSA P-256, limited to the site's names (RFC 5280
 * §4.2.1.10), good for ten years. What it makes is backdated, for phones whose clock is behind.
 *
 * @param identity its key and certificate
 */
record SiteAuthority(Identity identity) {

  /** How far what is made reaches back. */
  static final Duration BACKDATED = Duration.ofDays(2);

  private static final Duration AUTHORITY_LIFE = Duration.ofDays(3653);
  private static final Duration SERVER_LIFE = Duration.ofDays(397);
  private static final Duration CLIENT_LIFE = Duration.ofDays(1096);
  private static final int MOST_NAME_CHARACTERS = 64;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Makes a new authority for a site. */
  static SiteAuthority create(SiteNames names, Instant now) {
    KeyPair pair = keyPair();
    byte[] mark = new byte[4];
    RANDOM.nextBytes(mark);
    X500Name name = name("Latchkey CA " + HexFormat.of().formatHex(mark));
    Instant start = now.minus(BACKDATED);
    X509Certificate certificate =
        new CertificateDraft(name, name, pair.getPublic(), start, start.plus(AUTHORITY_LIFE))
            .with(Extension.basicConstraints, true, new BasicConstraints(0))
            .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
            .with(Extension.nameConstraints, false, NameLimits.of(names).toNameConstraints())
            .signedWith(pair.getPrivate());
    return new SiteAuthority(new Identity(pair.getPrivate(), List.of(certificate)));
  }

  /** Issues a certificate, with a new key, for a server of the given names, at least one. */
  Identity issueServer(Set<String> names, Instant now) {
    KeyPair pair = keyPair();
    return issued(
        pair,
        draft(pair, names.iterator().next(), SERVER_LIFE, KeyPurposeId.id_kp_serverAuth, now)
            .with(Extension.subjectAlternativeName, false, NameLimits.alternativeNames(names)));
  }

  /** Issues a certificate, with a new key, for a PBX that shows it at its door. */
  Identity issueClient(String name, Instant now) {
    KeyPair pair = keyPair();
    return issued(pair, draft(pair, name, CLIENT_LIFE, KeyPurposeId.id_kp_clientAuth, now));
  }

  private CertificateDraft draft(
      KeyPair pair, String commonName, Duration life, KeyPurposeId purpose, Instant now) {
    Instant start = now.minus(BACKDATED);
    Instant end = start.plus(life);
    Instant last = certificate().getNotAfter().toInstant();
    X500Name issuer = X500Name.getInstance(certificate().getSubjectX500Principal().getEncoded());
    return new CertificateDraft(
            issuer, name(commonName), pair.getPublic(), start, end.isBefore(last) ? end : last)
        .with(Extension.basicConstraints, true, new BasicConstraints(false))
        .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose))
        .with(
            Extension.authorityKeyIdentifier,
            false,
            new AuthorityKeyIdentifier(
                CertificateDraft.keyIdentifier(certificate().getPublicKey())));
  }

  private Identity issued(KeyPair pair, CertificateDraft draft) {
    X509Certificate leaf = draft.signedWith(identity.key());
    return new Identity(pair.getPrivate(), List.of(leaf, certificate()));
  }

  /** The authority's own certificate. */
  X509Certificate certificate() {
    return identity.leaf();
  }

  /** Whether an authority signed a certificate. */
  static boolean signed(X509Certificate authority, X509Certificate certificate) {
    try {
      certificate.verify(authority.getPublicKey());
      return certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  private static X500Name name(String commonName) {
    String fitting =
        commonName.length() > MOST_NAME_CHARACTERS
            ? commonName.substring(0, MOST_NAME_CHARACTERS)
            : commonName;
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, fitting).build();
  }
}
