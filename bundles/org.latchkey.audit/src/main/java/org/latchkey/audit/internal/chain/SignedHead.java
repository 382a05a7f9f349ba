package org.latchkey.audit.internal.chain;

import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the chain ended with at a moment, as six lines of text. The signature is over the bytes of
 * the first five lines, each with its line feed.
 *
 * @param link the last record
 * @param signedAt the time, as the text has it
 * @param publicKey of the key that signed, in Base64
 * @param text all six lines
 */
record SignedHead(Link link, String signedAt, String publicKey, String text) {

  private static final Pattern FORM =
      Pattern.compile(
          """
          (Latchkey audit head, version 1
          number: (0|[1-9][0-9]{0,17})
          hash: ([0-9a-f]{64})
          signed: ([0-9TZ:.-]{20,40})
          key: ([0-9A-Za-z+/=]{20,200})
          )signature: ([0-9A-Za-z+/=]{20,200})
          """);

  /** Signs a place in the chain. */
  static SignedHead sign(Link link, Instant now, HeadKey key) {
    String body =
        """
        Latchkey audit head, version 1
        number: %d
        hash: %s
        signed: %s
        key: %s
        """
            .formatted(link.number(), link.hash(), now, base64(key.publicKey()));
    return read(body + "signature: " + base64(key.sign(body)) + "\n");
  }

  /**
   * Reads the text of one, and checks its signature with the key that it names.
   *
   * @throws IllegalArgumentException when it is none, or its signature does not fit
   */
  static SignedHead read(String text) {
    Matcher parts = FORM.matcher(text.replace("\r\n", "\n"));
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "this is no audit head as latchkey:audit --head writes it");
    }
    byte[] key = Base64.getDecoder().decode(parts.group(5));
    byte[] signature = Base64.getDecoder().decode(parts.group(6));
    if (!HeadKey.verifies(key, parts.group(1), signature)) {
      throw new IllegalArgumentException("the signature of this audit head does not fit it");
    }
    Link link = new Link(Long.parseLong(parts.group(2)), parts.group(3));
    return new SignedHead(link, parts.group(4), parts.group(5), text);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
