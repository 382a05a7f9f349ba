package org.latchkey.keyscheme;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.KDFCounterBytesGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KDFCounterParameters;
import org.junit.Test;
import org.latchkey.key.DigestAlgorithm;

/** The primitives against what their publishers say they give. */
public class PublishedVectorsTest {

  @Test
  public void theCounterModeOfSp800108GivesNistsAnswers() {
    List<Vectors> cases = Vectors.of("cavp-kdf108.txt", "cavp");
    assertEquals(40, cases.size());
    for (Vectors each : cases) {
      byte[] expected = each.bytes("KO");
      assertArrayEquals(each.toString(), expected, counterMode(each, expected.length));
      assertArrayEquals(each.toString(), expected, bouncyCastle(each, expected.length));
    }
  }

  @Test
  public void hmacSha256GivesWycheproofsTags() {
    List<Vectors> cases = Vectors.of("wycheproof-hmac-sha256.txt", "wycheproof");
    assertEquals(168, cases.size());
    for (Vectors each : cases) {
      byte[] tag = each.bytes("tag");
      try (Prf key = each.prf("key")) {
        byte[] mac = Arrays.copyOf(key.mac(each.bytes("msg")), tag.length);
        assertEquals(each.toString(), each.text("result").equals("valid"), Arrays.equals(tag, mac));
      }
    }
  }

  /** RFC 7616 section 3.9.1: user Mufasa, password "Circle of Life", nonce and cnonce as there. */
  @Test
  public void theHa1LeadsToTheResponsesOfRfc7616() {
    assertEquals("8ca523f5e9506fed4657c9700eebdbec", response(DigestAlgorithm.MD5));
    assertEquals(
        "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
        response(DigestAlgorithm.SHA_256));
  }

  private static byte[] counterMode(Vectors each, int length) {
    byte[] fixed = each.bytes("FixedInputData");
    ByteBuffer output = ByteBuffer.allocate(64);
    try (Prf key = each.prf("KI")) {
      for (int i = 1; i <= 2; i++) {
        ByteBuffer input = ByteBuffer.allocate(4 + fixed.length).putInt(i).put(fixed);
        output.put(key.mac(input.array()));
      }
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
