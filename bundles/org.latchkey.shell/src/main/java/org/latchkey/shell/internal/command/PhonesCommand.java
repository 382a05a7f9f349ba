package org.latchkey.shell.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.key.Enrolments;
import org.latchkey.pbx.PbxControl;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Phone;
import org.latchkey.shell.internal.PhoneList;
import org.latchkey.shell.internal.Phones;
import org.latchkey.shell.internal.Printout;

/** Lists phones. */
@Service
@Command(
    scope = "latchkey",
    name = "phones",
    description = "The phones: their keys, registrations and holds")
public final class PhonesCommand extends LatchkeyCommand {

  @Argument(
      index = 0,
      name = "filter",
      description = "Only those of whose row this text is part, without regard to case",
      multiValued = true)
  List<String> words = List.of();

  @Option(name = "--all", description = "Revoked and replaced keys too")
  boolean all;

  @Option(name = "--json", description = "Print JSON for programs")
  boolean json;

  @Override
  public void run(Parts parts, Printout out) {
    List<String> filters = optionalArguments(words);
    if (parts.find(PbxControl.class).isEmpty()) {
      parts.require(Enrolments.class);
    }
    List<Phone> phones =
        new Phones(parts)
            .all().stream()
                .filter(one -> all || !one.revoked())
                .filter(one -> all || !one.replaced() || !one.registrations().isEmpty())
                .filter(one -> PhoneList.fits(one, parts, filters))
                .toList();
    if (json) {
      PhoneList.json(phones, out);
    } else {
      PhoneList.print(phones, parts, out);
    }
  }
}
