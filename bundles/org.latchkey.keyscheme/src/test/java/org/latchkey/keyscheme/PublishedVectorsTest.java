package org.latchkey.keyscheme;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.KDFCounterBytesGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KDFCounterParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.Test;
import org.latchkey.key.DigestAlgorithm;

/** The primitives against what their publishers say they give. */
public class PublishedVectorsTest {

  @Test
  public void theCounterModeOfSp800108GivesNistsAnswersInOursTheJdkAndBouncyCastle()
      throws Exception {
    List<Vectors> cases = Vectors.of("cavp-kdf108.txt", "cavp");
    assertEquals(40, cases.size());
    for (Vectors each : cases) {
      byte[] expected = each.bytes("KO");
      assertArrayEquals(each.toString(), expected, counterMode(each, expected.length));
      assertArrayEquals(each.toString(), expected, jdk(each, expected.length));
      assertArrayEquals(each.toString(), expected, bouncyCastle(each, expected.length));
    }
  }

  /** The six with a key longer than a block of SHA-256 are no keys of ours. */
  @Test
  public void hmacSha256GivesWycheproofsTagsButForKeysLongerThanABlock() {
    assertEquals(List.of(169, 170, 171, 172, 173, 174), refused(PublishedVectorsTest::ours));
  }

  @Test
  public void theJdkAndBouncyCastleGiveWycheproofsTags() {
    assertEquals(List.of(), refused(PublishedVectorsTest::jdk));
    assertEquals(List.of(), refused(PublishedVectorsTest::bouncyCastle));
  }

  /** RFC 7616 section 3.9.1: user Mufasa, password "Circle of Life", nonce and cnonce as there. */
  @Test
  public void theHa1LeadsToTheResponsesOfRfc7616() {
    assertEquals("8ca523f5e9506fed4657c9700eebdbec", response(DigestAlgorithm.MD5));
    assertEquals(
        "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
        response(DigestAlgorithm.SHA_256));
  }

  /** HMAC-SHA-256 as one provider has it. */
  private interface Hmac {
    byte[] mac(byte[] key, byte[] message) throws GeneralSecurityException;
  }

  /** The numbers of the cases whose key is refused; all others are right. */
  private static List<Integer> refused(Hmac hmac) {
    List<Vectors> cases = Vectors.of("wycheproof-hmac-sha256.txt", "wycheproof");
    assertEquals(174, cases.size());
    List<Integer> refused = new ArrayList<>();
    for (Vectors each : cases) {
      byte[] tag = each.bytes("tag");
      try {
        byte[] mac = Arrays.copyOf(hmac.mac(each.bytes("key"), each.bytes("msg")), tag.length);
        assertEquals(each.toString(), each.text("result").equals("valid"), Arrays.equals(tag, mac));
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        refused.add(each.number("number"));
      }
    }
    return refused;
  }

  private static byte[] ours(byte[] key, byte[] message) {
    try (Prf prf = new HmacPrf(key)) {
      return prf.mac(message);
    }
  }

  private static byte[] jdk(byte[] key, byte[] message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(message);
  }

  private static byte[] bouncyCastle(byte[] key, byte[] message) {
    HMac mac = new HMac(SHA256Digest.newInstance());
    mac.init(new KeyParameter(key));
    mac.update(message, 0, message.length);
    byte[] tag = new byte[mac.getMacSize()];
    mac.doFinal(tag, 0);
    return tag;
  }

  private static byte[] counterMode(Vectors each, int length) throws GeneralSecurityException {
    try (Prf key = each.prf("KI")) {
      return counterMode((unused, message) -> key.mac(message), each, length);
    }
  }

  private static byte[] jdk(Vectors each, int length) throws GeneralSecurityException {
    return counterMode(PublishedVectorsTest::jdk, each, length);
  }

  private static byte[] counterMode(Hmac hmac, Vectors each, int length)
      throws GeneralSecurityException {
    byte[] fixed = each.bytes("FixedInputData");
    ByteBuffer output = ByteBuffer.allocate(64);
    for (int i = 1; i <= 2; i++) {
      ByteBuffer input = ByteBuffer.allocate(4 + fixed.length).putInt(i).put(fixed);
      output.put(hmac.mac(each.bytes("KI"), input.array()));
    }
    return Arrays.copyOf(output.array(), length);
  }

  private static byte[] bouncyCastle(Vectors each, int length) {
    KDFCounterBytesGenerator generator =
        new KDFCounterBytesGenerator(new HMac(SHA256Digest.newInstance()));
    generator.init(new KDFCounterParameters(each.bytes("KI"), each.bytes("FixedInputData"), 32));
    byte[] output = new byte[length];
    generator.generateBytes(output, 0, length);
    return output;
  }

  private static String response(DigestAlgorithm algorithm) {
    byte[] password = "Circle of Life".getBytes(StandardCharsets.US_ASCII);
    byte[] ha1 = Ha1.hex(algorithm, "Mufasa", "http-auth@example.org", password);
    String ha2 = hash(algorithm, "GET:/dir/index.html");
    return hash(
        algorithm,
        new String(ha1, StandardCharsets.US_ASCII)
            + ":7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v:00000001"
            + ":f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ:auth:"
            + ha2);
  }

  private static String hash(DigestAlgorithm algorithm, String text) {
    byte[] digest = Ha1.digest(algorithm).digest(text.getBytes(StandardCharsets.US_ASCII));
    return new String(Ha1.hex(digest), StandardCharsets.US_ASCII);
  }
}
