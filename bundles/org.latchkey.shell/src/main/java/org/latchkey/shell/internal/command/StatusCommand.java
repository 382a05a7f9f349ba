package org.latchkey.shell.internal.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Printout;
import org.latchkey.shell.internal.Printout.Colour;
import org.latchkey.shell.internal.StatusReport;
import org.latchkey.status.StatusLine.Level;

/** How Latchkey is. */
@Service
@Command(
    scope = "latchkey",
    name = "status",
    description = "How each part of Latchkey is, the worst first")
public final class StatusCommand extends LatchkeyCommand {

  @Option(name = "--json", description = "Print JSON for programs")
  boolean json;

  @Override
  public void run(Parts parts, Printout out) {
    List<StatusReport.Entry> entries = new StatusReport(parts, parts.consoleAccess()).entries();
    if (json) {
      out.json(entries.stream().map(StatusCommand::toMap).toList());
    } else {
      entries.forEach(entry -> print(out, entry));
    }
    long faults = entries.stream().filter(entry -> entry.line().level() == Level.FAULT).count();
    if (faults > 0) {
      throw new RequestRefusedException(
          "Not all is well: see each FAULT, of which there are " + faults + ".");
    }
  }

  private static void print(Printout out, StatusReport.Entry entry) {
    Colour colour =
        switch (entry.line().level()) {
          case OK -> Colour.GREEN;
          case WARNING -> Colour.YELLOW;
          case FAULT -> Colour.RED;
        };
    String level = "%-8s".formatted(entry.line().level());
    out.line(colour, level, "%-15s %s".formatted(entry.part(), entry.line().words()));
    if (!entry.line().next().isEmpty()) {
      out.line(" ".repeat(24) + entry.line().next());
    }
  }

  private static Map<String, Object> toMap(StatusReport.Entry entry) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("part", entry.part());
    map.put("level", entry.line().level().name());
    map.put("words", entry.line().words());
    map.put("next", entry.line().next());
    return map;
  }
}
