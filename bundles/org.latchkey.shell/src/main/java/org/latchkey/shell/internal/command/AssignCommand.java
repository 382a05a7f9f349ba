package org.latchkey.shell.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolments;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Phone;
import org.latchkey.shell.internal.Phones;
import org.latchkey.shell.internal.Printout;
import org.latchkey.shell.internal.completion.KnownPhones;

/** Gives a phone another extension. */
@Service
@Command(
    scope = "latchkey",
    name = "assign",
    description =
        "Give a phone another extension: it may fetch the new key, and the one that it has ends")
public final class AssignCommand extends LatchkeyCommand {

  @Argument(
      index = 0,
      name = "phone extension",
      description =
          "The phone by extension, AOR, device identifier, network address or key identifier; and its new extension or AOR",
      required = true,
      multiValued = true)
  @Completion(KnownPhones.class)
  List<String> words = List.of();

  @Override
  public void run(Parts parts, Printout out) {
    List<String> arguments = arguments(words, "PHONE", "EXTENSION");
    Enrolments agent = parts.require(Enrolments.class);
    Phone phone = new Phones(parts).live(arguments.get(0));
    Enrolment successor = agent.assign(phone.keyIdentifier(), arguments.get(1), actor());
    out.line(
        "Assigned %s to the phone of %s (%s). It was told to fetch its new key with the login it has; if it does not, restart it."
            .formatted(successor.aor(), phone.aor(), successor.id()));
  }
}
