package org.latchkey.bench;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.KeyPurpose;
import org.latchkey.keyscheme.Ha1;
import org.latchkey.keyscheme.HmacPrf;
import org.latchkey.keyscheme.KeyIdentifier;

/**
 * The hash operations that a verification can't do without, on inputs that lie ready: no parsing,
 * no objects but what the hash functions make, one digest object used over and over.
 */
final class BareOperations {

  private static final byte[] BASE32 =
      "0123456789abcdefghjkmnpqrstvwxyz".getBytes(StandardCharsets.US_ASCII);
  private static final int SECRET_CHARACTERS = 26;
  private static final int TAG_CHARACTERS = 12;

  private final Keys keys;
  private final byte[] nonceMessage;
  private final byte[] nonceTag = new byte[16];
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
    KeyIdentifier name = answered.name();
    String user = answered.request().aor().user();
    // Version, time, run, counter; algorithm; realm, user and domain with their lengths.
    nonceMessage =
        ascii("v-time-run-count1" + "a" + "1" + BenchSite.REALM + "1" + user + "1example.org");
    String body = name.text().substring(0, name.text().length() - TAG_CHARACTERS);
    tagMessage = ascii("0001" + "lk1/t" + "0" + "l" + body + "0100");
    tag = ascii(name.text().substring(body.length()));
    secretMessage =
        ascii("0001" + "lk1/s" + "0" + "l" + "12345678901234567890" + "l" + user + "0100");
    ha1Input = ascii(name.text() + ':' + BenchSite.REALM + ':' + "s".repeat(SECRET_CHARACTERS));
    ha2Input = ascii(Answered.METHOD + ':' + Answered.URI);
    String hash = "h".repeat(algorithm.hexLength());
    responseInput =
        ascii(
            hash
                + ':'
                + answered.nonce()
                + ':'
                + Answered.COUNT
                + ':'
                + Answered.CNONCE
                + ":auth:"
                + hash);
    response = ascii(answered.response());
  }

  /** Nonce MAC, tag, secret, HA1, HA2, response, and three comparisons. */
  boolean verification() {
    boolean fits = nonce();
    fits &= MessageDigest.isEqual(base32(keys.tag().mac(tagMessage), TAG_CHARACTERS), tag);
    byte[] secret = base32(keys.registration().mac(secretMessage), SECRET_CHARACTERS);
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
    byte[] first = java.util.Arrays.copyOf(mac, nonceTag.length);
    return MessageDigest.isEqual(first, nonceTag);
  }

  /** The making of a nonce: one MAC. */
  byte[] challenge() {
    return keys.nonce().mac(nonceMessage);
  }

  private static byte[] base32(byte[] bytes, int characters) {
    byte[] text = new byte[characters];
    long held = 0;
    int bits = 0;
    int at = 0;
    for (int i = 0; i < characters; i++) {
      if (bits < 5) {
        held = held << 8 | (bytes[at++] & 0xff);
        bits += 8;
      }
      bits -= 5;
      text[i] = BASE32[(int) (held >>> bits) & 0x1f];
    }
    return text;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
