package org.latchkey.keyscheme;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IdentifierForm;

/**
 * The public name of an issued key, and the digest username of its phone. Immutable.
 *
 * <pre>
 *             long form    short form
 * format      k            j            1 character
 * generation  2            2            10 bit, most significant first
 * class       1            1            bit 0: the least digest algorithm is SHA-256; others 0
 * unique      16           10           80 or 50 bit
 * tag         12           6            60 or 30 bit of a MAC over all before it
 * </pre>
 *
 * <p>Lower-case base32; one canonical text. The tag throws an invented identifier away before it
 * costs anything; it never authenticates.
 */
public final class KeyIdentifier {

  /** The greatest number of a generation. */
  public static final int MAX_GENERATION = 1023;

  private static final String TAG_LABEL = "lk1/t";

  private final String text;
  private final byte[] characters;
  private final IdentifierForm form;

  private KeyIdentifier(String text, byte[] characters, IdentifierForm form) {
    this.text = text;
    this.characters = characters;
    this.form = form;
  }

  /**
   * Reads a key identifier. Its tag is not checked.
   *
   * @return empty when the text has not the form of one
   */
  public static Optional<KeyIdentifier> parse(CharSequence text) {
    IdentifierForm form;
    if (text.length() == 32 && text.charAt(0) == 'k') {
      form = IdentifierForm.LONG;
    } else if (text.length() == 20 && text.charAt(0) == 'j') {
      form = IdentifierForm.SHORT;
    } else {
      return Optional.empty();
    }
    String name = text.toString();
    byte[] characters = name.getBytes(StandardCharsets.ISO_8859_1);
    return Base32.isText(characters) && Base32.value(characters[3]) <= 1
        ? Optional.of(new KeyIdentifier(name, characters, form))
        : Optional.empty();
  }

  /**
   * Makes a key identifier.
   *
   * @param generation 0 to 1023
   * @param least the least digest algorithm that its key accepts
   * @param unique at least 10 bytes (long) or 7 bytes (short), of which the first 80 or 50 bits
   *     count
   * @param tagKey the subkey of purpose {@code tag}, of the realm and domain that the key is for
   * @throws IllegalArgumentException when generation or unique part are out of range
   */
  public static KeyIdentifier of(
      IdentifierForm form, int generation, DigestAlgorithm least, byte[] unique, Prf tagKey) {
    if (generation < 0 || generation > MAX_GENERATION) {
      throw new IllegalArgumentException("a generation is a number from 0 to 1023");
    }
    if (unique.length < (uniqueCharacters(form) * 5 + 7) / 8) {
      throw new IllegalArgumentException("a unique part has 10 bytes (long) or 7 (short)");
    }
    byte[] head = {
      (byte) (generation >>> 2),
      (byte) ((generation << 6) | (least == DigestAlgorithm.SHA_256 ? 2 : 0))
    };
    String body =
        (form == IdentifierForm.LONG ? "k" : "j")
            + ascii(Base32.encode(head, 3))
            + ascii(Base32.encode(unique, uniqueCharacters(form)));
    byte[] start = body.getBytes(StandardCharsets.US_ASCII);
    String text = body + ascii(tag(start, start.length, form, tagKey));
    return new KeyIdentifier(text, text.getBytes(StandardCharsets.US_ASCII), form);
  }

  /** The text, as it goes over the wire. */
  public String text() {
    return text;
  }

  /** Long or short. */
  public IdentifierForm form() {
    return form;
  }

  /** The generation of the enterprise master key, 0 to 1023. */
  public int generation() {
    return (Base32.value(characters[1]) << 5) | Base32.value(characters[2]);
  }

  /** The least digest algorithm that its key accepts. */
  public DigestAlgorithm least() {
    return Base32.value(characters[3]) == 1 ? DigestAlgorithm.SHA_256 : DigestAlgorithm.MD5;
  }

  /** The decoded identifier, 20 or 13 bytes, zero-padded to a byte, as it enters the derivation. */
  public byte[] bytes() {
    return Base32.decode(characters);
  }

  /** Whether its tag was made with this subkey of purpose {@code tag}; in constant time. */
  public boolean tagFits(Prf tagKey) {
    int at = characters.length - tagCharacters(form);
    byte[] given = Arrays.copyOfRange(characters, at, characters.length);
    return MessageDigest.isEqual(given, tag(characters, at, form, tagKey));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyIdentifier that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  private static byte[] tag(byte[] body, int length, IdentifierForm form, Prf tagKey) {
    Kdf.Context context = new Kdf.Context().field(body, length);
    return Base32.encode(Kdf.derive(tagKey, TAG_LABEL, context), tagCharacters(form));
  }

  private static int uniqueCharacters(IdentifierForm form) {
    return form == IdentifierForm.LONG ? 16 : 10;
  }

  private static int tagCharacters(IdentifierForm form) {
    return form == IdentifierForm.LONG ? 12 : 6;
  }

  private static String ascii(byte[] text) {
    return new String(text, StandardCharsets.US_ASCII);
  }
}
