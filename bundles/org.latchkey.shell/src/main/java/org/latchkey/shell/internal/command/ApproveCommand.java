package org.latchkey.shell.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.admission.Quarantine;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Phone;
import org.latchkey.shell.internal.Phones;
import org.latchkey.shell.internal.Printout;
import org.latchkey.shell.internal.completion.WaitingPhones;

/** Approves a phone that waits. */
@Service
@Command(
    scope = "latchkey",
    name = "approve",
    description = "Let a phone that waits for approval out of quarantine")
public final class ApproveCommand extends LatchkeyCommand {

  @Argument(
      index = 0,
      name = "phone",
      description = "Its extension, AOR, device identifier, network address or key identifier",
      required = true,
      multiValued = true)
  @Completion(WaitingPhones.class)
  List<String> words = List.of();

  @Override
  public void run(Parts parts, Printout out) {
    String named = arguments(words, "PHONE").get(0);
    Quarantine quarantine = parts.require(Quarantine.class);
    Phones phones = new Phones(parts);
    Phone phone = phones.one(named, Phone::toApprove, "waits for approval");
    boolean approved = false;
    for (String key : phones.keysOf(phone)) {
      approved |= quarantine.approve(key, actor());
    }
    if (!approved) {
      throw new RequestRefusedException(
          "Nothing was done: %s does not wait for approval any more.".formatted(phone.aor()));
    }
    out.line(
        "Approved %s%s."
            .formatted(
                phone.aor(),
                phone.held()
                    ? "; it is still held, latchkey:release lets it out"
                    : ": it can call"));
  }
}
