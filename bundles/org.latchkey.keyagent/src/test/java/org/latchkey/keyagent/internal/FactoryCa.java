package org.latchkey.keyagent.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** Makes certificates as phone factories do (RFC 5280), with EC keys. */
final class FactoryCa {

  private static final byte[] ECDSA_WITH_SHA256 = {
    0x30, 0x0a, 0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02
  };
  private static final byte[] IS_AUTHORITY = {
    0x30,
    0x0f,
    0x06,
    0x03,
    0x55,
    0x1d,
    0x13,
    0x01,
    0x01,
    (byte) 0xff,
    0x04,
    0x05,
    0x30,
    0x03,
    0x01,
    0x01,
    (byte) 0xff
  };
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private final KeyPair pair;
  private final List<X509Certificate> chain;

  private FactoryCa(KeyPair pair, List<X509Certificate> chain) {
    this.pair = pair;
    this.chain = chain;
  }

  /** A root of its own, good from 2020 to 2060. */
  static FactoryCa root(String name) {
    return root(name, Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2060-01-01T00:00:00Z"));
  }

  static FactoryCa root(String name, Instant start, Instant end) {
    KeyPair pair = pair();
    X500Principal subject = new X500Principal(name);
    return new FactoryCa(
        pair, List.of(made(subject, pair.getPrivate(), subject, pair, start, end, true)));
  }

  /** An authority below this one. */
  FactoryCa issuing(String name) {
    KeyPair below = pair();
    return new FactoryCa(below, with(name, below, start(), end(), true));
  }

  /** A device of this factory, with its chain but for the root. */
  Device device(String subject) {
    return device(subject, start(), end());
  }

  Device device(String subject, Instant start, Instant end) {
    KeyPair own = pair();
    return new Device(own, with(subject, own, start, end, false));
  }

  /** An authority with a key of another kind, as it signs for itself. */
  static X509Certificate signedBy(String name, KeyPair own) {
    X500Principal subject = new X500Principal(name);
    FactoryCa signer = root(name);
    return made(
        subject, signer.pair.getPrivate(), subject, own, signer.start(), signer.end(), true);
  }

  X509Certificate certificate() {
    return chain.get(0);
  }

  byte[] pem() {
    return pem(certificate());
  }

  static byte[] pem(X509Certificate... certificates) {
    StringBuilder text = new StringBuilder();
    try {
      for (X509Certificate one : certificates) {
        text.append("-----BEGIN CERTIFICATE-----\n")
            .append(Base64.getMimeEncoder().encodeToString(one.getEncoded()))
            .append("\n-----END CERTIFICATE-----\n");
      }
      return text.toString().getBytes(StandardCharsets.US_ASCII);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A phone's key and chain. */
  record Device(KeyPair pair, List<X509Certificate> chain) {
    /** What it signs as if it were an authority. */
    List<X509Certificate> forged(String subject) {
      FactoryCa self = new FactoryCa(pair, chain);
      return self.device(subject).chain();
    }
  }

  private List<X509Certificate> with(
      String name, KeyPair own, Instant start, Instant end, boolean authority) {
    X500Principal issuer = certificate().getSubjectX500Principal();
    List<X509Certificate> all = new ArrayList<>();
    all.add(made(issuer, pair.getPrivate(), new X500Principal(name), own, start, end, authority));
    all.addAll(chain);
    return List.copyOf(all);
  }

  private Instant start() {
    return certificate().getNotBefore().toInstant();
  }

  private Instant end() {
    return certificate().getNotAfter().toInstant();
  }

  private static X509Certificate made(
      X500Principal issuer,
      PrivateKey key,
      X500Principal subject,
      KeyPair own,
      Instant start,
      Instant end,
      boolean authority) {
    byte[] serial = new BigInteger(120, new SecureRandom()).setBit(100).toByteArray();
    byte[] content =
        der(
            0x30,
            der(0xa0, der(0x02, new byte[] {2})),
            der(0x02, serial),
            ECDSA_WITH_SHA256,
            issuer.getEncoded(),
            der(0x30, time(start), time(end)),
            subject.getEncoded(),
            own.getPublic().getEncoded(),
            authority ? der(0xa3, der(0x30, IS_AUTHORITY)) : new byte[0]);
    try {
      Signature signer = Signature.getInstance("SHA256withECDSA");
      signer.initSign(key);
      signer.update(content);
      byte[] bits = der(0x03, new byte[1], signer.sign());
      return read(der(0x30, content, ECDSA_WITH_SHA256, bits));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static X509Certificate read(byte[] der) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  private static byte[] time(Instant at) {
    return der(0x18, TIME.format(at).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(tag);
    int length = content.size();
    if (length > 0xff) {
      all.write(0x82);
      all.write(length >> 8);
    } else if (length > 0x7f) {
      all.write(0x81);
    }
    all.write(length & 0xff);
    all.writeBytes(content.toByteArray());
    return all.toByteArray();
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
