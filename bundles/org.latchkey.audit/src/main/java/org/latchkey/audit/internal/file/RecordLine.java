package org.latchkey.audit.internal.file;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.ChainedRecord;
import org.latchkey.audit.internal.chain.Canonical;

/**
 * A record as a line of text: its nine fields and its hash, a tab between them, a line feed at the
 * end. There is one line for a record and no other.
 */
final class RecordLine {

  private static final int FIELDS = 10;
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final int ESCAPE_CHARACTERS = 6;

  private RecordLine() {}

  /** The bytes of the line, with the line feed. */
  static byte[] encode(ChainedRecord record) {
    StringBuilder line = new StringBuilder();
    for (String field : Canonical.fields(record.number(), record.entry())) {
      line.append(Canonical.escaped(field)).append('\t');
    }
    return line.append(record.hash()).append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The record of a line with its line feed; empty when these bytes are not exactly its line. */
  static Optional<ChainedRecord> decode(byte[] line) {
    try {
      List<String> f = fields(new String(line, StandardCharsets.UTF_8).stripTrailing());
      if (f.size() != FIELDS || !HASH.matcher(f.get(FIELDS - 1)).matches()) {
        return Optional.empty();
      }
      AuditEntry entry =
          new AuditEntry(
              Canonical.time(f.get(1)),
              f.get(2),
              f.get(3),
              f.get(4),
              f.get(5),
              f.get(6),
              f.get(7),
              f.get(8));
      ChainedRecord record = new ChainedRecord(Long.parseLong(f.get(0)), entry, f.get(9));
      return Arrays.equals(encode(record), line) ? Optional.of(record) : Optional.empty();
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    for (String field : line.split("\t", -1)) {
      fields.add(unescape(field));
    }
    return fields;
  }

  /** Takes what it can't read as it stands: encoding it again then gives other bytes. */
  private static String unescape(String field) {
    if (field.indexOf('\\') < 0) {
      return field;
    }
    StringBuilder text = new StringBuilder();
    int i = 0;
    while (i < field.length()) {
      if (field.startsWith("\\u", i) && i + ESCAPE_CHARACTERS <= field.length()) {
        String digits = field.substring(i + 2, i + ESCAPE_CHARACTERS);
        text.append((char) Integer.parseInt(digits, 16));
        i += ESCAPE_CHARACTERS;
      } else {
        text.append(field.charAt(i));
        i++;
      }
    }
    return text.toString();
  }
}
