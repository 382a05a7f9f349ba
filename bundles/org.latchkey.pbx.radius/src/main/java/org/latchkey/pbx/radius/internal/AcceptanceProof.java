package org.latchkey.pbx.radius.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.latchkey.key.Aor;

/**
 * What an acceptance carries for a PBX whose RADIUS library does not look who answers: a keyed hash
 * over the question, for which one has to know the shared secret. It is NMAC of SHA-256 (Bellare,
 * Canetti, Krawczyk, "Keying hash functions for message authentication", 1996): a key of 64
 * hexadecimal characters is one block of it, so that a PBX's own script can compute it.
 */
final class AcceptanceProof {

  /** The key in front of the question. */
  private static final String INNER = "latchkey radius proof 1 inner";

  /** The key in front of that hash. */
  private static final String OUTER = "latchkey radius proof 1 outer";

  private AcceptanceProof() {}

  /** The inner key of a shared secret, 64 hexadecimal characters that the caller wipes. */
  static byte[] innerKey(byte[] secret) {
    return key(hmac(secret), INNER);
  }

  /** The outer key of a shared secret, 64 hexadecimal characters that the caller wipes. */
  static byte[] outerKey(byte[] secret) {
    return key(hmac(secret), OUTER);
  }

  /**
   * The proof that a question was accepted for an AOR, in 64 hexadecimal characters.
   *
   * @param fields as {@link DigestRules} lets them through: none holds a line feed
   */
  static String of(byte[] secret, DigestFields fields, Aor aor) {
    Mac mac = hmac(secret);
    byte[] inner = key(mac, INNER);
    byte[] outer = key(mac, OUTER);
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      hash.update(inner);
      for (String part :
          List.of(
              fields.username(),
              fields.get(Field.REALM),
              fields.get(Field.NONCE),
              fields.get(Field.CNONCE),
              fields.get(Field.RESPONSE),
              fields.get(Field.METHOD),
              fields.get(Field.URI))) {
        hash.update(part.getBytes(StandardCharsets.ISO_8859_1));
        hash.update((byte) '\n');
      }
      byte[] asked = hash.digest(aor.toString().getBytes(StandardCharsets.UTF_8));
      hash.update(outer);
      return HexFormat.of().formatHex(hash.digest(hex(asked)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    } finally {
      Arrays.fill(inner, (byte) 0);
      Arrays.fill(outer, (byte) 0);
    }
  }

  private static byte[] key(Mac mac, String label) {
    byte[] key = mac.doFinal(label.getBytes(StandardCharsets.US_ASCII));
    byte[] text = hex(key);
    Arrays.fill(key, (byte) 0);
    return text;
  }

  private static Mac hmac(byte[] secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }

  private static byte[] hex(byte[] bytes) {
    byte[] text = new byte[2 * bytes.length];
    HexFormat digits = HexFormat.of();
    for (int i = 0; i < bytes.length; i++) {
      text[2 * i] = (byte) digits.toHighHexDigit(bytes[i]);
      text[2 * i + 1] = (byte) digits.toLowHexDigit(bytes[i]);
    }
    return text;
  }
}
