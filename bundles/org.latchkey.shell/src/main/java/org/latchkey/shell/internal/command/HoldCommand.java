package org.latchkey.shell.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.admission.Quarantine;
import org.latchkey.shell.internal.HangUp;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Phone;
import org.latchkey.shell.internal.Phones;
import org.latchkey.shell.internal.Printout;
import org.latchkey.shell.internal.completion.KnownPhones;

/** Holds a phone. */
@Service
@Command(
    scope = "latchkey",
    name = "hold",
    description =
        "Put a phone into quarantine: it reaches emergency numbers and the help desk only")
public final class HoldCommand extends LatchkeyCommand {

  @Argument(
      index = 0,
      name = "phone",
      description = "Its extension, AOR, device identifier, network address or key identifier",
      required = true,
      multiValued = true)
  @Completion(KnownPhones.class)
  List<String> words = List.of();

  @Option(name = "--reason", description = "Why, for whoever looks at it later")
  String reason = "";

  @Option(name = "--hang-up", description = "End its calls too, but for emergency calls")
  boolean hangUp;

  @Override
  public void run(Parts parts, Printout out) {
    String named = arguments(words, "PHONE").get(0);
    Quarantine quarantine = parts.require(Quarantine.class);
    Phones phones = new Phones(parts);
    Phone phone = phones.live(named);
    for (String key : phones.keysOf(phone)) {
      quarantine.hold(key, reason, actor());
    }
    out.line(
        "Held %s: it reaches emergency numbers and the help desk only.".formatted(phone.aor()));
    if (hangUp) {
      HangUp.callsOf(phones.keysOf(phone), parts, out);
    }
  }
}
