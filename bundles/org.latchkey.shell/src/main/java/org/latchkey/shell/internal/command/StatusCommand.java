package org.latchkey.shell.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.shell.internal.OptionsOnlyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Printout;
import org.latchkey.shell.internal.StatusReport;
import org.latchkey.shell.internal.StatusSheet;
import org.latchkey.status.StatusLine.Level;

/** How Latchkey is. */
@Service
@Command(
    scope = "latchkey",
    name = "status",
    description = "How each part of Latchkey is, the worst first")
public final class StatusCommand extends OptionsOnlyCommand {

  @Option(name = "--json", description = "Print JSON for programs")
  boolean json;

  @Override
  protected void act(Parts parts, Printout out) {
    List<StatusReport.Entry> entries = new StatusReport(parts, parts.consoleAccess()).entries();
    if (json) {
      StatusSheet.json(entries, out);
    } else {
      StatusSheet.print(entries, out);
    }
    long faults = entries.stream().filter(entry -> entry.line().level() == Level.FAULT).count();
    if (faults > 0) {
      throw new RequestRefusedException(
          "Not all is well: see each FAULT, of which there are " + faults + ".");
    }
  }
}
