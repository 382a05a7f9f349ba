package org.latchkey.shell.internal.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditLog;
import org.latchkey.audit.AuditQuery;
import org.latchkey.audit.AuditRecord;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.PlainText;
import org.latchkey.shell.internal.Printout;
import org.latchkey.shell.internal.completion.AuditActions;
import org.latchkey.shell.internal.completion.KnownPhones;

/** Searches the audit log. */
@Service
@Command(scope = "latchkey", name = "audit", description = "What was done, by whom, newest first")
public final class AuditCommand extends LatchkeyCommand {

  @Option(
      name = "--phone",
      description =
          "Only entries of this extension, AOR, device identifier, key identifier or network address")
  @Completion(KnownPhones.class)
  String phone = "";

  @Option(name = "--action", description = "Only entries whose action begins so, such as key.")
  @Completion(AuditActions.class)
  String action = "";

  @Option(name = "--limit", description = "How many at most, 1 to 10000")
  int limit = 50;

  @Option(name = "--json", description = "Print JSON for programs")
  boolean json;

  @Override
  public void run(Parts parts, Printout out) {
    if (limit < 1 || limit > 10_000) {
      throw new RequestRefusedException("--limit is a number from 1 to 10000.");
    }
    List<AuditRecord> records =
        parts.require(AuditLog.class).search(new AuditQuery(phone, action, 0, limit));
    if (json) {
      out.json(records.stream().map(AuditCommand::toMap).toList());
    } else if (records.isEmpty()) {
      out.line("No entry is there.");
    } else {
      out.table(
          List.of(
              "No.", "At", "Actor", "Action", "AOR", "Device", "From", "Detail", "Key identifier"),
          records.stream().map(AuditCommand::row).toList());
    }
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
