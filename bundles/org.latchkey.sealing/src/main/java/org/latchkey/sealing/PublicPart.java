package org.latchkey.sealing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import org.latchkey.keyscheme.Base32;

/**
 * The public part of the key of a node or an agent: 32 bytes, as a text that an administrator
 * carries, and as a fingerprint that two people compare. Immutable.
 */
public final class PublicPart {

  /** The characters of the text: kind, key, and 24 bit that find a mistake. */
  public static final int TEXT_CHARACTERS = 57;

  /** Whose it is. */
  public enum Kind {
    /** A registrar node's, X25519 (RFC 7748). */
    NODE('n'),
    /** An agent's, Ed25519 (RFC 8032). */
    AGENT('a');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }
  }

  static final int KEY_BYTES = 32;
  private static final int CHECK_BYTES = 3;
  private static final int FINGERPRINT_CHARACTERS = 20;
  private static final int GROUP = 4;

  private final Kind kind;
  private final byte[] key;

  PublicPart(Kind kind, byte[] key) {
    this.kind = kind;
    this.key = key.clone();
  }

  /**
   * Reads a text; blanks, dashes and capitals don't matter.
   *
   * @throws IllegalArgumentException saying what is wrong with it, as the end of a sentence
   */
  public static PublicPart parse(Kind kind, String text) {
    String canonical = text.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
    String words = kind == Kind.NODE ? "the public key of a node" : "the public key of an agent";
    if (canonical.length() != TEXT_CHARACTERS
        || canonical.charAt(0) != kind.letter
        || canonical.chars().anyMatch(c -> Base32.value(c) < 0)) {
      throw new IllegalArgumentException(
          "that is not %s, which has %d characters and begins with '%c'"
              .formatted(words, TEXT_CHARACTERS, kind.letter));
    }
    byte[] bytes = Base32.decode(canonical.substring(1).getBytes(StandardCharsets.US_ASCII));
    PublicPart part = new PublicPart(kind, Arrays.copyOf(bytes, KEY_BYTES));
    if (!part.text().equals(canonical)) {
      throw new IllegalArgumentException(
          "that is %s with one or more wrong characters".formatted(words));
    }
    return part;
  }

  /** The key's bytes. */
  byte[] bytes() {
    return key.clone();
  }

  /** As one word of {@value #TEXT_CHARACTERS} characters. */
  public String text() {
    byte[] bytes = Arrays.copyOf(key, KEY_BYTES + CHECK_BYTES);
    System.arraycopy(hash(), 0, bytes, KEY_BYTES, CHECK_BYTES);
    return kind.letter + ascii(Base32.encode(bytes, TEXT_CHARACTERS - 1));
  }

  /** 100 bit of its SHA-256 in five groups of four characters: for people to compare. */
  public String fingerprint() {
    StringBuilder text = new StringBuilder(ascii(Base32.encode(hash(), FINGERPRINT_CHARACTERS)));
    for (int at = FINGERPRINT_CHARACTERS - GROUP; at > 0; at -= GROUP) {
      text.insert(at, '-');
    }
    return text.toString();
  }

  /** Whether somebody who was shown {@link #fingerprint()} typed this. */
  public boolean hasFingerprint(String typed) {
    return typed.replaceAll("[\\s-]", "").equalsIgnoreCase(fingerprint().replace("-", ""));
  }

  private byte[] hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((byte) kind.letter);
      return digest.digest(key);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String ascii(byte[] text) {
    return new String(text, StandardCharsets.US_ASCII);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PublicPart that && kind == that.kind && Arrays.equals(key, that.key);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key);
  }

  /** The fingerprint. */
  @Override
  public String toString() {
    return fingerprint();
  }
}
