package org.latchkey.shell.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.Knock;

/**
 * Who waits to be let in, and the one command that does it.
 *
 * @param waiting for approval
 * @param keys all that there are
 * @param knocks that were refused
 * @param knockers what is known of those
 * @param loops who is refused again and again
 */
public record PendingSheet(
    List<Phone> waiting,
    List<KeyRecord> keys,
    List<Knock> knocks,
    Knockers knockers,
    LoopSheet loops) {

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

  private void print(Printout out, Phone phone) {
    String sources = phone.registrations().isEmpty() ? "" : " from " + phone.sources();
    String line =
        phone.line().isEmpty() || phone.line().equals("1") ? "" : ", line " + phone.line();
    out.line(
        "%s%s%s waits for approval (%s).".formatted(phone.aor(), line, sources, phone.state()));
    String others = others(phone);
    if (!others.isEmpty()) {
      out.line("  This MAC address has " + others + ": look at latchkey:why " + phone.device());
    }
    out.line("  latchkey:approve " + phone.keyIdentifier());
  }

  /** The keys that its device has with other AORs: it may be a stranger that says its address. */
  private String others(Phone phone) {
    return keys.stream()
        .filter(key -> !phone.device().isEmpty())
        .filter(key -> key.device().equals(Optional.of(phone.device())))
        .filter(key -> !key.aor().equals(phone.aor()))
        .map(key -> "key %s of %s".formatted(key.keyIdentifier(), key.aor()))
        .collect(Collectors.joining(", "));
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
