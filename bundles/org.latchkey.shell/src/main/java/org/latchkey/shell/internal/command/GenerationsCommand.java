package org.latchkey.shell.internal.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.key.Generations;
import org.latchkey.key.Generations.Overview;
import org.latchkey.shell.internal.GenerationSheet;
import org.latchkey.shell.internal.OptionsOnlyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Printout;

/** Lists generations. */
@Service
@Command(
    scope = "latchkey",
    name = "generations",
    description = "The generations of the master key, and how far phones have moved to the next")
public final class GenerationsCommand extends OptionsOnlyCommand {

  @Option(name = "--json", description = "Print JSON for programs")
  boolean json;

  @Override
  protected void act(Parts parts, Printout out) {
    Overview overview = parts.require(Generations.class).overview();
    if (json) {
      GenerationSheet.json(overview, out);
    } else {
      GenerationSheet.print(overview, out);
    }
  }
}
