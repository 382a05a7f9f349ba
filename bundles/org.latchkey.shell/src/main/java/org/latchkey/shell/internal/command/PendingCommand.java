package org.latchkey.shell.internal.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.key.Enrolments;
import org.latchkey.key.Knock;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Phone;
import org.latchkey.shell.internal.Phones;
import org.latchkey.shell.internal.PlainText;
import org.latchkey.shell.internal.Printout;

/** Lists who waits to be let in. */
@Service
@Command(
    scope = "latchkey",
    name = "pending",
    description =
        "Phones that wait for approval, and devices that asked for a key and were refused")
public final class PendingCommand extends LatchkeyCommand {

  @Option(name = "--json", description = "Print JSON for programs")
  boolean json;

  @Override
  public void run(Parts parts, Printout out) {
    List<Phone> waiting = new Phones(parts).all().stream().filter(Phone::awaitsApproval).toList();
    List<Knock> knocks = parts.require(Enrolments.class).knocks();
    if (json) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("awaitApproval", waiting.stream().map(Phone::toMap).toList());
      map.put("knocks", knocks.stream().map(PendingCommand::toMap).toList());
      out.json(map);
    } else if (waiting.isEmpty() && knocks.isEmpty()) {
      out.line("Nobody waits to be let in.");
    } else {
      waiting.forEach(phone -> print(out, phone));
      knocks.forEach(knock -> print(out, knock));
    }
  }

  private static void print(Printout out, Phone phone) {
    out.line("%s waits for approval (%s).".formatted(phone.aor(), phone.state()));
    out.line("  latchkey:approve " + phone.keyIdentifier());
  }

  private static void print(Printout out, Knock knock) {
    out.line(
        "%s from %s %s%s, last at %s (%s)."
            .formatted(
                knock.device().isEmpty() ? "A device" : knock.device(),
                knock.source(),
                knock.reason().words(),
                knock.times() > 1 ? ", %d times".formatted(knock.times()) : "",
                PlainText.of(knock.at()),
                knock.userAgent().isEmpty() ? knock.profile() : knock.userAgent()));
    out.line(
        "  latchkey:enrol EXTENSION"
            + (knock.device().isEmpty() ? "" : " --device " + knock.device()));
  }

  private static Map<String, Object> toMap(Knock knock) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("at", knock.at().toString());
    map.put("source", knock.source());
    map.put("device", knock.device());
    map.put("profile", knock.profile());
    map.put("userAgent", knock.userAgent());
    map.put("reason", knock.reason().name());
    map.put("times", knock.times());
    return map;
  }
}
