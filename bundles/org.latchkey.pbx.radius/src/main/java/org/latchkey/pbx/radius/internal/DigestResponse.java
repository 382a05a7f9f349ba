package org.latchkey.pbx.radius.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.keyscheme.Ha1;

/** The response to a challenge with {@code qop=auth} (RFC 7616 section 3.4.1), from an HA1. */
final class DigestResponse {

  private DigestResponse() {}

  /** Whether the response fits, compared in constant time. */
  static boolean fits(DigestFields fields, DigestAlgorithm algorithm, byte[] ha1) {
    byte[] given = HexFormat.of().parseHex(fields.get(Field.RESPONSE));
    byte[] expected = of(fields, algorithm, ha1, fields.get(Field.METHOD));
    return MessageDigest.isEqual(expected, given);
  }

  /** What the server proves itself by: the same without a method (RFC 7616 section 3.5). */
  static String auth(DigestFields fields, DigestAlgorithm algorithm, byte[] ha1) {
    return HexFormat.of().formatHex(of(fields, algorithm, ha1, ""));
  }

  private static byte[] of(
      DigestFields fields, DigestAlgorithm algorithm, byte[] ha1, String method) {
    MessageDigest digest = Ha1.digest(algorithm);
    byte[] ha2 = Ha1.hex(digest.digest(bytes(method + ':' + fields.get(Field.URI))));
    byte[] middle =
        bytes(
            ':'
                + fields.get(Field.NONCE)
                + ':'
                + fields.get(Field.NONCE_COUNT)
                + ':'
                + fields.get(Field.CNONCE)
                + ":auth:");
    digest.update(ha1);
    digest.update(middle);
    return digest.digest(ha2);
  }

  /** Some HA1 that is nobody's, for who has none: a refusal takes as long whatever its reason. */
  static byte[] nobodys(DigestAlgorithm algorithm) {
    byte[] ha1 = new byte[algorithm.hexLength()];
    Arrays.fill(ha1, (byte) '0');
    return ha1;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
