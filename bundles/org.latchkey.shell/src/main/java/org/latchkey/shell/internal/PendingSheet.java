package org.latchkey.shell.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latchkey.key.Knock;

/**
 * Who waits to be let in, and the one command that does it.
 *
 * @param waiting for approval
 * @param knocks that were refused
 * @param knockers what is known of those
 * @param loops who is refused again and again
 */
public record PendingSheet(
    List<Phone> waiting, List<Knock> knocks, Knockers knockers, LoopSheet loops) {

  /** Prints a sentence and a command for each. */
  public void print(Printout out) {
    if (waiting.isEmpty() && knocks.isEmpty() && loops.isEmpty()) {
      out.line("Nobody waits to be let in.");
    }
    waiting.forEach(phone -> print(out, phone));
    knocks.forEach(knock -> print(out, knock));
    loops.print(out);
  }

  /** Prints all as JSON. */
  public void json(Printout out) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("awaitApproval", waiting.stream().map(Phone::toMap).toList());
    map.put("knocks", knocks.stream().map(this::toMap).toList());
    map.put("refusedAgain", loops.toList());
    out.json(map);
  }

  private static void print(Printout out, Phone phone) {
    out.line("%s waits for approval (%s).".formatted(phone.aor(), phone.state()));
    out.line("  latchkey:approve " + phone.keyIdentifier());
  }

  private void print(Printout out, Knock knock) {
    out.line(
        "%s from %s (%s) %s%s, last at %s."
            .formatted(
                knock.device().isEmpty() ? "A device" : knock.device(),
                knock.source(),
                knockers.words(knock),
                knock.reason().words(),
                knock.times() > 1 ? ", %d times".formatted(knock.times()) : "",
                PlainText.of(knock.at())));
    out.line("  " + knockers.command(knock));
  }

  private Map<String, Object> toMap(Knock knock) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("at", knock.at().toString());
    map.put("source", knock.source());
    map.put("device", knock.device());
    map.put("profile", knock.profile());
    map.put("vendor", knockers.vendor(knock));
    map.put("model", knockers.model(knock));
    map.put("userAgent", knock.userAgent());
    map.put("reason", knock.reason().name());
    map.put("times", knock.times());
    map.put("command", knockers.command(knock));
    return map;
  }
}
