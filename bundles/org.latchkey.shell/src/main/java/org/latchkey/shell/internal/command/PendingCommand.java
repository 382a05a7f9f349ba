package org.latchkey.shell.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.key.Enrolments;
import org.latchkey.key.Knock;
import org.latchkey.shell.internal.Knockers;
import org.latchkey.shell.internal.LoopSheet;
import org.latchkey.shell.internal.OptionsOnlyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.PendingSheet;
import org.latchkey.shell.internal.Phone;
import org.latchkey.shell.internal.Phones;
import org.latchkey.shell.internal.Printout;

/** Lists who waits to be let in. */
@Service
@Command(
    scope = "latchkey",
    name = "pending",
    description =
        "Phones that wait for approval, devices that asked for a key and were refused, and phones"
            + " whose REGISTERs are refused again and again")
public final class PendingCommand extends OptionsOnlyCommand {

  @Option(name = "--json", description = "Print JSON for programs")
  boolean json;

  @Override
  protected void act(Parts parts, Printout out) {
    List<Phone> waiting = new Phones(parts).all().stream().filter(Phone::toApprove).toList();
    Enrolments agent = parts.require(Enrolments.class);
    List<Knock> knocks = agent.knocks();
    PendingSheet sheet =
        new PendingSheet(
            waiting, agent.keys(), knocks, Knockers.of(parts, knocks), new LoopSheet(parts));
    if (json) {
      sheet.json(out);
    } else {
      sheet.print(out);
    }
  }
}
