package org.latchkey.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.KeyPurpose;
import org.latchkey.keyscheme.Base32;
import org.latchkey.keyscheme.Ha1;
import org.latchkey.keyscheme.HmacPrf;

/**
 * The hash operations that a verification can't do without, on inputs that lie ready in one piece:
 * nothing is parsed, looked up, remembered or answered, no objects but what the hash functions
 * make, one digest object used over and over. The hash functions are those that are checked with.
 */
final class BareOperations {

  private static final int NONCE_TAG_BYTES = 16;
  private static final int TAG_CHARACTERS = 12;
  private static final int SECRET_CHARACTERS = 26;

  private final Keys keys;
  private final byte[] nonceMessage;
  private final byte[] nonceTag;
  private final byte[] tagMessage;
  private final byte[] tag;
  private final byte[] secretMessage;
  private final byte[] ha1Input;
  private final byte[] ha2Input;
  private final byte[] responseInput;
  private final byte[] response;

  /** The keys and the digest object that all share. */
  record Keys(MessageDigest digest, HmacPrf nonce, HmacPrf tag, HmacPrf registration) {

    static Keys of(BenchSite site, DigestAlgorithm algorithm) {
      return new Keys(
          Ha1.digest(algorithm),
          new HmacPrf(new byte[] {7}),
          site.prf(KeyPurpose.TAG),
          site.prf(KeyPurpose.REGISTRATION));
    }
  }

  BareOperations(Answered answered, DigestAlgorithm algorithm, Keys keys) {
    this.keys = keys;
    byte[] username = ascii(answered.name().text());
    byte[] body = Arrays.copyOf(username, username.length - TAG_CHARACTERS);
    byte[] user = ascii(answered.request().aor().user());
    // Version, time, run and counter; algorithm; realm, user and domain with their lengths.
    nonceMessage =
        joined(new byte[18], lp(ascii(BenchSite.REALM)), lp(user), lp(ascii(BenchSite.DOMAIN)));
    nonceTag = Arrays.copyOf(keys.nonce().mac(nonceMessage), NONCE_TAG_BYTES);
    tagMessage = message("lk1/t", lp(body));
    tag = Arrays.copyOfRange(username, body.length, username.length);
    secretMessage = message("lk1/s", lp(answered.name().bytes()), lp(user));
    ha1Input = joined(username, ascii(":" + BenchSite.REALM + ":"), new byte[SECRET_CHARACTERS]);
    ha2Input = ascii(Answered.METHOD + ':' + Answered.URI);
    byte[] hash = new byte[algorithm.hexLength()];
    String middle =
        ":" + answered.nonce() + ':' + Answered.COUNT + ':' + Answered.CNONCE + ":auth:";
    responseInput = joined(hash, ascii(middle), hash);
    response = ascii(answered.response());
    if (!verification()) {
      throw new IllegalStateException("these are not the operations of a verification");
    }
  }

  /** Nonce MAC, tag, secret, HA1, HA2, response, and three comparisons. */
  boolean verification() {
    boolean fits = nonce();
    byte[] mac = keys.tag().mac(tagMessage);
    fits &= MessageDigest.isEqual(Base32.encode(mac, TAG_CHARACTERS), tag);
    mac = keys.registration().mac(secretMessage);
    byte[] secret = Base32.encode(mac, SECRET_CHARACTERS);
    System.arraycopy(secret, 0, ha1Input, ha1Input.length - SECRET_CHARACTERS, SECRET_CHARACTERS);
    byte[] ha1 = Ha1.hex(keys.digest().digest(ha1Input));
    byte[] ha2 = Ha1.hex(keys.digest().digest(ha2Input));
    System.arraycopy(ha1, 0, responseInput, 0, ha1.length);
    System.arraycopy(ha2, 0, responseInput, responseInput.length - ha2.length, ha2.length);
    fits &= MessageDigest.isEqual(Ha1.hex(keys.digest().digest(responseInput)), response);
    return fits;
  }

  /** The check of a nonce: one MAC and a comparison. */
  boolean nonce() {
    byte[] mac = keys.nonce().mac(nonceMessage);
    return MessageDigest.isEqual(Arrays.copyOf(mac, NONCE_TAG_BYTES), nonceTag);
  }

  /** The making of a nonce: one MAC. */
  byte[] challenge() {
    return keys.nonce().mac(nonceMessage);
  }

  /** The input of a derivation (NIST SP 800-108r1 section 4.1). */
  private static byte[] message(String label, byte[]... fields) {
    return joined(
        new byte[] {0, 0, 0, 1},
        ascii(label),
        new byte[1],
        joined(fields),
        new byte[] {0, 0, 1, 0});
  }

  private static byte[] lp(byte[] field) {
    return joined(new byte[] {(byte) field.length}, field);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
