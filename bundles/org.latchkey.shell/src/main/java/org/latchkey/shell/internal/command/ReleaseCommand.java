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
import org.latchkey.shell.internal.completion.HeldPhones;

/** Ends a hold. */
@Service
@Command(
    scope = "latchkey",
    name = "release",
    description = "End the hold of a phone: it can call again")
public final class ReleaseCommand extends LatchkeyCommand {

  @Argument(
      index = 0,
      name = "phone",
      description = "Its extension, AOR, device identifier, network address or key identifier",
      required = true,
      multiValued = true)
  @Completion(HeldPhones.class)
  List<String> words = List.of();

  @Override
  public void run(Parts parts, Printout out) {
    String named = arguments(words, "PHONE").get(0);
    Quarantine quarantine = parts.require(Quarantine.class);
    Phones phones = new Phones(parts);
    Phone phone = phones.one(named, one -> one.held() && !one.replaced(), "is held");
    boolean released = false;
    for (String key : phones.keysOf(phone)) {
      released |= quarantine.release(key, actor());
    }
    if (!released) {
      throw new RequestRefusedException(
          "Nothing was done: %s is not held any more.".formatted(phone.aor()));
    }
    out.line(
        "Released %s%s."
            .formatted(
                phone.aor(),
                phone.awaitsApproval()
                    ? "; it still waits for approval, latchkey:approve gives it"
                    : ": it can call"));
  }
}
