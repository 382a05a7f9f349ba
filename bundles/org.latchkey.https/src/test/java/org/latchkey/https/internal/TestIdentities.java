package org.latchkey.https.internal;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.latchkey.https.internal.certificate.TestDraft;

/** Certificates that somebody else made: another authority, a phone's factory, an administrator. */
final class TestIdentities {

  private TestIdentities() {}

  /** A key with its chain. */
  record Holder(PrivateKey key, List<X509Certificate> chain) {

    String certificatePem() throws Exception {
      StringBuilder pem = new StringBuilder();
      for (X509Certificate certificate : chain) {
        pem.append(armoured("CERTIFICATE", certificate.getEncoded()));
      }
      return pem.toString();
    }

    String keyPem() {
      return armoured("PRIVATE KEY", key.getEncoded());
    }

    byte[] certificateFile() throws Exception {
      return certificatePem().getBytes(StandardCharsets.US_ASCII);
    }

    byte[] keyFile() {
      return keyPem().getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** An authority of its own. */
  static Holder authority(String name) throws Exception {
    KeyPair pair = pair();
    Instant now = Instant.now();
    X509Certificate certificate =
        TestDraft.of(name(name), name(name), pair.getPublic(), now, now.plus(Duration.ofDays(9)))
            .with(Extension.basicConstraints, true, new BasicConstraints(true))
            .signedWith(pair.getPrivate());
    return new Holder(pair.getPrivate(), List.of(certificate));
  }

  /** A client certificate of an authority. */
  static Holder client(Holder authority, String name) throws Exception {
    return client(authority, name, pair());
  }

  /** The same with a key of the client's own making. */
  static Holder client(Holder authority, String name, KeyPair pair) throws Exception {
    Instant now = Instant.now();
    X509Certificate certificate =
        TestDraft.of(
                issuer(authority), name(name), pair.getPublic(), now, now.plus(Duration.ofDays(9)))
            .with(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))
            .signedWith(authority.key());
    return new Holder(pair.getPrivate(), List.of(certificate, authority.chain().get(0)));
  }

  /** A server certificate of an authority, good between two times. */
  static Holder server(Holder authority, String host, Instant start, Instant end) throws Exception {
    KeyPair pair = pair();
    X509Certificate certificate =
        TestDraft.of(issuer(authority), name(host), pair.getPublic(), start, end)
            .with(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, host)))
            .signedWith(authority.key());
    return new Holder(pair.getPrivate(), List.of(certificate));
  }

  static Holder server(Holder authority, String host) throws Exception {
    Instant now = Instant.now();
    return server(authority, host, now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(90)));
  }

  private static X500Name issuer(Holder authority) {
    return X500Name.getInstance(authority.chain().get(0).getSubjectX500Principal().getEncoded());
  }

  private static X500Name name(String commonName) {
    return new X500Name("CN=" + commonName);
  }

  private static KeyPair pair() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private static String armoured(String what, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, Base64.getMimeEncoder().encodeToString(der), what);
  }
}
