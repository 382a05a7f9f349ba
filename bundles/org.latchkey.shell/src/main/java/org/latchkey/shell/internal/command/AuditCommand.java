package org.latchkey.shell.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.audit.AuditLog;
import org.latchkey.audit.AuditQuery;
import org.latchkey.audit.AuditRecord;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.shell.internal.AuditSheet;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Parts;
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
      AuditSheet.json(records, out);
    } else {
      AuditSheet.print(records, out);
    }
  }
}
