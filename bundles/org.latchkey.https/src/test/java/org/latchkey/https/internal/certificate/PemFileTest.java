package org.latchkey.https.internal.certificate;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Keys in the forms that administrators have them in. */
public class PemFileTest {

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void aKeyThatWasWrittenIsReadAgain() throws Exception {
    for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
      PrivateKey key = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
      assertEquals(key, PemFile.privateKey(file(PemFile.encode(key))));
    }
  }

  @Test
  public void theFormsThatOpensslUsedToWriteAreRead() throws Exception {
    KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    byte[] pkcs1 = info(rsa).parsePrivateKey().toASN1Primitive().getEncoded();
    assertEquals(rsa.getPrivate(), PemFile.privateKey(file(pem("RSA PRIVATE KEY", pkcs1))));

    KeyPair ec = KeyPairGenerator.getInstance("EC").generateKeyPair();
    byte[] number = ((java.security.interfaces.ECPrivateKey) ec.getPrivate()).getS().toByteArray();
    ASN1Encodable[] sec1 = {
      new ASN1Integer(1),
      new DEROctetString(
          Arrays.copyOfRange(number, Math.max(0, number.length - 32), number.length)),
      new DERTaggedObject(true, 0, info(ec).getPrivateKeyAlgorithm().getParameters())
    };
    byte[] der = new DERSequence(sec1).getEncoded();
    Path file = file(pem("EC PRIVATE KEY", der));
    assertEquals(
        ((java.security.interfaces.ECPrivateKey) ec.getPrivate()).getS(),
        ((java.security.interfaces.ECPrivateKey) PemFile.privateKey(file)).getS());
  }

  @Test
  public void whatIsNoKeyIsSaidWithoutQuotingIt() throws Exception {
    for (String bad :
        List.of(
            "hush hush",
            "-----BEGIN PRIVATE KEY-----\nhush\n-----END PRIVATE KEY-----\n",
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\naHVzaA==\n-----END ENCRYPTED PRIVATE KEY-----\n")) {
      Path file = file(bad.getBytes(StandardCharsets.US_ASCII));
      UnusableFileException refused =
          assertThrows(UnusableFileException.class, () -> PemFile.privateKey(file));
      assertTrue(refused.getMessage(), refused.getMessage().contains(file.toString()));
      assertFalse(refused.getMessage(), refused.getMessage().contains("hush"));
    }
  }

  @Test
  public void aFileThatIsMissingIsSaid() {
    Path file = folder.getRoot().toPath().resolve("none.pem");
    UnusableFileException refused =
        assertThrows(UnusableFileException.class, () -> PemFile.certificates(file));
    assertEquals(file + " is missing", refused.getMessage());
  }

  private static PrivateKeyInfo info(KeyPair pair) {
    return PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded());
  }

  private static byte[] pem(String what, byte[] der) {
    String base64 = Base64.getMimeEncoder().encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, base64, what)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private Path file(byte[] content) throws Exception {
    return Files.write(folder.newFile().toPath(), content);
  }
}
