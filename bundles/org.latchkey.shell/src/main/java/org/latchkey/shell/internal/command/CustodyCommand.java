package org.latchkey.shell.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.custody.Custodian;
import org.latchkey.custody.Custodian.Place;
import org.latchkey.shell.internal.OptionsOnlyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Printout;
import org.latchkey.shell.internal.completion.OtherCustodies;

/** Says where the master keys are, and moves them. */
@Service
@Command(
    scope = "latchkey",
    name = "custody",
    description = "Where the master keys are kept; with --move, keep them elsewhere")
public final class CustodyCommand extends OptionsOnlyCommand {

  @Option(
      name = "--move",
      description =
          "Move all generations to this place, such as pkcs11, and wipe them where they were. No"
              + " phone's secret changes. Keys never leave a token again")
  @Completion(OtherCustodies.class)
  String move = "";

  @Override
  protected void act(Parts parts, Printout out) {
    Custodian custodian = parts.require(Custodian.class);
    if (!move.isEmpty()) {
      custodian.move(move, actor());
      out.line("Moved the master keys to %s.".formatted(move));
    }
    out.table(
        List.of("Custody", "Where", "In force", "Sealed"),
        custodian.places().stream().map(CustodyCommand::row).toList());
  }

  private static List<String> row(Place place) {
    return List.of(
        place.name(), place.words(), place.inForce() ? "yes" : "", place.sealed() ? "yes" : "");
  }
}
