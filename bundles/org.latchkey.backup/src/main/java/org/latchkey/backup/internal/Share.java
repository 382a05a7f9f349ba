package org.latchkey.backup.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.keyscheme.Base32;

/**
 * One share of a backup's key: version, the backup's name (5 bytes), threshold, number, 32 secret
 * bytes, and as check the first 40 bits of their SHA-256; 45 bytes, which are 72 characters.
 */
final class Share implements AutoCloseable {

  static final int NAME_BYTES = 5;
  static final int SECRET_BYTES = 32;
  static final int CHARACTERS = 72;

  private static final byte VERSION = 1;
  private static final int THRESHOLD_AT = 1 + NAME_BYTES;
  private static final int NUMBER_AT = THRESHOLD_AT + 1;
  private static final int SECRET_AT = NUMBER_AT + 1;
  private static final int CHECK_AT = SECRET_AT + SECRET_BYTES;
  private static final int CHECK_BYTES = 5;
  private static final int GROUP = 4;

  private final byte[] bytes;

  private Share(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A share of copies of these. */
  static Share of(byte[] backup, int threshold, int number, byte[] secret) {
    byte[] bytes = new byte[CHECK_AT + CHECK_BYTES];
    bytes[0] = VERSION;
    System.arraycopy(backup, 0, bytes, 1, NAME_BYTES);
    bytes[THRESHOLD_AT] = (byte) threshold;
    bytes[NUMBER_AT] = (byte) number;
    System.arraycopy(secret, 0, bytes, SECRET_AT, SECRET_BYTES);
    System.arraycopy(check(bytes), 0, bytes, CHECK_AT, CHECK_BYTES);
    return new Share(bytes);
  }

  /**
   * Reads what somebody typed.
   *
   * @param most the highest number that a share can have
   * @throws RequestRefusedException when it is none, or damaged; the sentence names it
   */
  static Share parse(Secret typed, int most) {
    byte[] text = typed.copy();
    byte[] characters = new byte[CHARACTERS];
    try {
      canonical(text, characters);
      Share share = new Share(Base32.decode(characters));
      if (!share.isWhole()) {
        String name = share.nameOfDamaged(most);
        share.close();
        throw new RequestRefusedException(
            name
                + " is damaged: one or more of its characters are wrong. Compare it with the"
                + " original, letter by letter.");
      }
      return share;
    } finally {
      Arrays.fill(text, (byte) 0);
      Arrays.fill(characters, (byte) 0);
    }
  }

  /** In lower case, without what groups it, and without characters that look alike. */
  private static void canonical(byte[] text, byte[] characters) {
    int length = 0;
    for (byte each : text) {
      int c = lower(each & 0xff);
      if (c <= ' ' || c == '-') {
        continue;
      }
      if (Base32.value(c) < 0) {
        throw new RequestRefusedException(
            "That is no share: its character %d is none that a share has.".formatted(length + 1));
      }
      if (length < CHARACTERS) {
        characters[length] = (byte) c;
      }
      length++;
    }
    if (length != CHARACTERS) {
      throw new RequestRefusedException(
          "That is no share: it has %d characters instead of %d, dashes left aside."
              .formatted(length, CHARACTERS));
    }
  }

  private static int lower(int c) {
    int lower = c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    return switch (lower) {
      case 'o' -> '0';
      case 'i', 'l' -> '1';
      default -> lower;
    };
  }

  private boolean isWhole() {
    byte[] given = Arrays.copyOfRange(bytes, CHECK_AT, bytes.length);
    return bytes[0] == VERSION && MessageDigest.isEqual(check(bytes), given);
  }

  /** Its number may be what is damaged: then another one fits the check. */
  private String nameOfDamaged(int most) {
    int says = number();
    for (int number = 1; number <= most; number++) {
      bytes[NUMBER_AT] = (byte) number;
      if (isWhole()) {
        return "Share " + number;
      }
    }
    bytes[NUMBER_AT] = (byte) says;
    return says >= 1 && says <= most ? "Share " + says : "The share";
  }

  /** Its number, from 1. */
  int number() {
    return bytes[NUMBER_AT] & 0xff;
  }

  int threshold() {
    return bytes[THRESHOLD_AT] & 0xff;
  }

  /** The name of its backup. */
  String backup() {
    return nameOf(Arrays.copyOfRange(bytes, 1, THRESHOLD_AT));
  }

  /** A copy of the secret bytes, for the caller to wipe. */
  byte[] secret() {
    return Arrays.copyOfRange(bytes, SECRET_AT, CHECK_AT);
  }

  /** SHA-256 of all of it in hexadecimal: tells nothing, and no other share has it. */
  String fingerprint() {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  /** Groups of four characters with dashes between them, in ASCII; the caller's to close. */
  Secret text() {
    byte[] characters = Base32.encode(bytes, CHARACTERS);
    byte[] text = new byte[CHARACTERS + CHARACTERS / GROUP - 1];
    Arrays.fill(text, (byte) '-');
    for (int i = 0; i < CHARACTERS; i++) {
      text[i + i / GROUP] = characters[i];
    }
    Secret secret = Secret.copyOf(text);
    Arrays.fill(characters, (byte) 0);
    Arrays.fill(text, (byte) 0);
    return secret;
  }

  /** A backup's name for people: two groups of four characters. */
  static String nameOf(byte[] backup) {
    String name = new String(Base32.encode(backup, 2 * GROUP), StandardCharsets.US_ASCII);
    return name.substring(0, GROUP) + '-' + name.substring(GROUP);
  }

  private static byte[] check(byte[] bytes) {
    MessageDigest digest = sha256();
    digest.update(bytes, 0, CHECK_AT);
    return Arrays.copyOf(digest.digest(), CHECK_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }
}
