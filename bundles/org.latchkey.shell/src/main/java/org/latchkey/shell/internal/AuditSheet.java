package org.latchkey.shell.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditRecord;

/** Records of the audit log, for people and for programs. */
public final class AuditSheet {

  private static final List<String> HEADINGS =
      List.of("No.", "At", "Actor", "Action", "AOR", "Device", "From", "Detail", "Key identifier");

  private AuditSheet() {}

  /** Prints them as a table. */
  public static void print(List<AuditRecord> records, Printout out) {
    if (records.isEmpty()) {
      out.line("No entry is there.");
    } else {
      out.table(HEADINGS, records.stream().map(AuditSheet::row).toList());
    }
  }

  /** One of them as a line; what is empty is left out. */
  static String line(AuditRecord record) {
    return row(record).stream().filter(cell -> !cell.isEmpty()).collect(Collectors.joining("  "));
  }

  /** Prints them as JSON. */
  public static void json(List<AuditRecord> records, Printout out) {
    out.json(records.stream().map(AuditSheet::toMap).toList());
  }

  private static List<String> row(AuditRecord record) {
    AuditEntry entry = record.entry();
    return List.of(
        Long.toString(record.number()),
        PlainText.of(entry.at()),
        entry.actor(),
        entry.action(),
        entry.aor(),
        entry.device(),
        entry.source(),
        entry.detail(),
        entry.keyIdentifier());
  }

  private static Map<String, Object> toMap(AuditRecord record) {
    AuditEntry entry = record.entry();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("number", record.number());
    map.put("at", entry.at().toString());
    map.put("actor", entry.actor());
    map.put("action", entry.action());
    map.put("keyIdentifier", entry.keyIdentifier());
    map.put("aor", entry.aor());
    map.put("device", entry.device());
    map.put("source", entry.source());
    map.put("detail", entry.detail());
    return map;
  }
}
