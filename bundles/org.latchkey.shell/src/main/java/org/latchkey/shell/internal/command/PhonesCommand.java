package org.latchkey.shell.internal.command;

import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.key.Enrolments;
import org.latchkey.pbx.PbxControl;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Phone;
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

  @Option(name = "--all", description = "Those whose key was revoked too")
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
                .filter(one -> fits(one, filters))
                .toList();
    if (json) {
      out.json(phones.stream().map(Phone::toMap).toList());
      return;
    }
    if (phones.isEmpty()) {
      out.line("No phone is there. latchkey:enrol EXTENSION lets one in.");
    } else {
      out.table(
          List.of("AOR", "State", "From", "Device", "Line", "Name", "User-Agent", "Key identifier"),
          phones.stream().map(PhonesCommand::row).toList());
    }
    if (parts.find(Enrolments.class).isEmpty()) {
      out.line("Only registered phones are shown. " + parts.absent(Enrolments.class));
    } else if (parts.find(PbxControl.class).isEmpty()) {
      out.line("Who is registered is not known. " + parts.absent(PbxControl.class));
    }
  }

  private static boolean fits(Phone phone, List<String> filters) {
    String row = String.join("\n", row(phone)).toLowerCase(Locale.ROOT);
    return filters.stream().allMatch(filter -> row.contains(filter.toLowerCase(Locale.ROOT)));
  }

  private static List<String> row(Phone phone) {
    return List.of(
        phone.aor().toString(),
        phone.state(),
        phone.sources(),
        phone.device(),
        phone.line(),
        phone.displayName(),
        phone.userAgents(),
        phone.keyIdentifier());
  }
}
