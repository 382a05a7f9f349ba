package org.latchkey.https.internal.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** Certificates and keys in PEM (RFC 7468), read and written. */
final class PemFile {

  private static final String EC = "1.2.840.10045.2.1";
  private static final String RSA = "1.2.840.113549.1.1.1";
  private static final Map<String, String> KEY_ALGORITHMS =
      Map.of(EC, "EC", RSA, "RSA", "1.3.101.112", "Ed25519");
  private static final int MOST_BYTES = 1 << 20;

  private PemFile() {}

  /** The certificates in a file, in its order; at least one. */
  static List<X509Certificate> certificates(Path file) throws IOException, UnusableFileException {
    List<X509Certificate> found = new ArrayList<>();
    for (PemObject block : blocks(file)) {
      if (block.getType().equals("CERTIFICATE")) {
        found.add(certificate(file, block.getContent()));
      }
    }
    if (found.isEmpty()) {
      throw new UnusableFileException(file + " holds no certificate in PEM");
    }
    return found;
  }

  /** The first private key in a file: PKCS #8, or the older forms of OpenSSL, not encrypted. */
  static PrivateKey privateKey(Path file) throws IOException, UnusableFileException {
    for (PemObject block : blocks(file)) {
      Optional<PrivateKeyInfo> info;
      try {
        info = keyInfo(block);
      } catch (IOException | RuntimeException e) {
        throw notPem(file);
      } finally {
        Arrays.fill(block.getContent(), (byte) 0);
      }
      if (info.isPresent()) {
        return privateKey(file, info.get());
      }
    }
    throw new UnusableFileException(file + " holds no private key in PEM without encryption");
  }

  /** A certificate from its DER form. */
  static X509Certificate certificate(Object origin, byte[] der) throws UnusableFileException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException e) {
      throw new UnusableFileException(origin + " holds a certificate that can't be read");
    }
  }

  /** Certificates as PEM. */
  static byte[] encode(List<X509Certificate> certificates) {
    StringBuilder text = new StringBuilder();
    try {
      for (X509Certificate certificate : certificates) {
        byte[] base64 = lines(certificate.getEncoded());
        text.append(new String(armoured("CERTIFICATE", base64), StandardCharsets.US_ASCII));
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was read can't be written", e);
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** A private key as PEM of its PKCS #8 form; the caller wipes it. */
  static byte[] encode(PrivateKey key) {
    byte[] der = key.getEncoded();
    byte[] base64 = lines(der);
    try {
      return armoured("PRIVATE KEY", base64);
    } finally {
      Arrays.fill(der, (byte) 0);
      Arrays.fill(base64, (byte) 0);
    }
  }

  private static byte[] lines(byte[] der) {
    return Base64.getMimeEncoder(64, new byte[] {'\n'}).encode(der);
  }

  private static byte[] armoured(String what, byte[] base64) {
    byte[] head = ("-----BEGIN " + what + "-----\n").getBytes(StandardCharsets.US_ASCII);
    byte[] foot = ("\n-----END " + what + "-----\n").getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(head, head.length + base64.length + foot.length);
    System.arraycopy(base64, 0, all, head.length, base64.length);
    System.arraycopy(foot, 0, all, head.length + base64.length, foot.length);
    return all;
  }

  private static PrivateKey privateKey(Path file, PrivateKeyInfo info)
      throws IOException, UnusableFileException {
    String oid = info.getPrivateKeyAlgorithm().getAlgorithm().getId();
    String algorithm = KEY_ALGORITHMS.get(oid);
    if (algorithm == null) {
      throw new UnusableFileException(file + " holds a key that is neither EC, RSA nor Ed25519");
    }
    byte[] der = info.getEncoded();
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw new UnusableFileException(file + " holds a private key that can't be read");
    } finally {
      Arrays.fill(der, (byte) 0);
    }
  }

  /** A key in one of the forms that OpenSSL writes, as PKCS #8; empty for anything else. */
  private static Optional<PrivateKeyInfo> keyInfo(PemObject block) throws IOException {
    byte[] der = block.getContent();
    return switch (block.getType()) {
      case "PRIVATE KEY" -> Optional.of(PrivateKeyInfo.getInstance(der));
      case "RSA PRIVATE KEY" ->
          Optional.of(
              new PrivateKeyInfo(
                  new AlgorithmIdentifier(new ASN1ObjectIdentifier(RSA), DERNull.INSTANCE),
                  ASN1Sequence.getInstance(der)));
      case "EC PRIVATE KEY" -> Optional.of(ecKeyInfo(ASN1Sequence.getInstance(der)));
      default -> Optional.empty();
    };
  }

  /** RFC 5915 §3: the curve is in the first tagged element. */
  private static PrivateKeyInfo ecKeyInfo(ASN1Sequence key) throws IOException {
    for (ASN1Encodable element : key) {
      if (element instanceof ASN1TaggedObject tagged && tagged.getTagNo() == 0) {
        return new PrivateKeyInfo(
            new AlgorithmIdentifier(new ASN1ObjectIdentifier(EC), tagged.getExplicitBaseObject()),
            key);
      }
    }
    throw new IOException("an EC key without its curve");
  }

  private static List<PemObject> blocks(Path file) throws IOException, UnusableFileException {
    List<PemObject> blocks = new ArrayList<>();
    try (PemReader reader = new PemReader(new StringReader(text(file)))) {
      for (PemObject block = reader.readPemObject();
          block != null;
          block = reader.readPemObject()) {
        blocks.add(block);
      }
    } catch (NoSuchFileException e) {
      throw new UnusableFileException(file + " is missing");
    } catch (AccessDeniedException e) {
      throw new UnusableFileException(file + " may not be read by the user that runs Karaf");
    } catch (IOException | RuntimeException e) {
      throw notPem(file);
    }
    return blocks;
  }

  /** Without the cause: parsers like to quote what they read. */
  private static UnusableFileException notPem(Path file) {
    return new UnusableFileException(file + " can't be read as PEM");
  }

  private static String text(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException("larger than 1 MiB");
    }
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }
}
