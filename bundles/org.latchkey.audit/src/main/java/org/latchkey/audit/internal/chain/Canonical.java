package org.latchkey.audit.internal.chain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.ChainedRecord;

/** The one byte form of a record, and its hash. These bytes never change: see docs/audit.md. */
public final class Canonical {

  /** What stands in for the hash before the first record: 32 bytes of zero. */
  public static final String GENESIS = "0".repeat(64);

  /** Longer texts are cut: most of them come from the network. */
  private static final int LONGEST = 4_096;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Canonical() {}

  /** SHA-256 over the previous hash and each field with its length in four bytes before it. */
  public static String hash(String previous, long number, AuditEntry entry) {
    MessageDigest digest = sha256();
    digest.update(HexFormat.of().parseHex(previous));
    for (String field : fields(number, entry)) {
      byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The record that follows {@code previous} with this number. */
  static ChainedRecord chained(String previous, long number, AuditEntry entry) {
    return new ChainedRecord(number, entry, hash(previous, number, entry));
  }

  /** The nine fields as texts: number, time in UTC to the microsecond, and those of the entry. */
  public static List<String> fields(long number, AuditEntry e) {
    return List.of(
        Long.toString(number),
        TIME.format(e.at()),
        e.actor(),
        e.action(),
        e.keyIdentifier(),
        e.aor(),
        e.device(),
        e.source(),
        e.detail());
  }

  /**
   * A field as it is written in lines of text: backslashes and control characters as a backslash,
   * {@code u} and four hexadecimal digits.
   */
  public static String escaped(String field) {
    StringBuilder text = new StringBuilder(field.length());
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == '\\' || Character.isISOControl(c)) {
        text.append("\\u%04x".formatted((int) c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  /** The same entry as every sink can keep it. */
  static AuditEntry normal(AuditEntry e) {
    return new AuditEntry(
        e.at().truncatedTo(ChronoUnit.MICROS),
        normal(e.actor()),
        normal(e.action()),
        normal(e.keyIdentifier()),
        normal(e.aor()),
        normal(e.device()),
        normal(e.source()),
        normal(e.detail()));
  }

  /** The instant that a time of {@link #fields} names, if it has their form. */
  public static Instant time(String text) {
    return TIME.parse(text, Instant::from);
  }

  /** Without NUL, which PostgreSQL can't keep, and half characters, which UTF-8 can't. */
  private static String normal(String text) {
    String cut = text;
    if (cut.length() > LONGEST) {
      int end = LONGEST - 1;
      cut = cut.substring(0, Character.isHighSurrogate(cut.charAt(end - 1)) ? end - 1 : end) + '…';
    }
    byte[] bytes = cut.replace('\0', '\uFFFD').getBytes(StandardCharsets.UTF_8);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
