package org.latchkey.shell.internal.command;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolments;
import org.latchkey.shell.internal.EnrolmentStates;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.PlainText;
import org.latchkey.shell.internal.Printout;
import org.latchkey.shell.internal.completion.OpenEnrolments;

/** Lists enrolments, or ends one. */
@Service
@Command(
    scope = "latchkey",
    name = "enrolments",
    description = "The enrolments that are open or led to a key, newest first")
public final class EnrolmentsCommand extends LatchkeyCommand {

  @Option(name = "--json", description = "Print JSON for programs")
  boolean json;

  @Option(
      name = "--cancel",
      description = "End this enrolment's window; a key that it led to stays")
  @Completion(OpenEnrolments.class)
  @Nullable String cancel;

  @Override
  public void run(Parts parts, Printout out) {
    Enrolments agent = parts.require(Enrolments.class);
    if (cancel != null) {
      agent.cancel(cancel, actor());
      out.line("Cancelled %s: its code gets nothing any more.".formatted(cancel));
      return;
    }
    List<Enrolment> enrolments = agent.enrolments();
    Instant now = Instant.now();
    if (json) {
      out.json(enrolments.stream().map(one -> toMap(one, now)).toList());
    } else if (enrolments.isEmpty()) {
      out.line("No enrolment is open. latchkey:enrol EXTENSION makes one.");
    } else {
      out.table(
          List.of("Enrolment", "AOR", "Device", "Line", "State", "Until", "By"),
          enrolments.stream().map(one -> row(one, now)).toList());
    }
  }

  private static List<String> row(Enrolment one, Instant now) {
    return List.of(
        one.id(),
        one.aor().toString(),
        one.device().orElse(""),
        Integer.toString(one.line()),
        EnrolmentStates.of(one, now),
        PlainText.of(one.expiresAt()),
        one.createdBy());
  }

  private static Map<String, Object> toMap(Enrolment one, Instant now) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", one.id());
    map.put("aor", one.aor().toString());
    map.put("device", one.device().orElse(""));
    map.put("line", one.line());
    map.put("displayName", one.displayName().orElse(""));
    map.put("approval", one.approval());
    map.put("codeKind", one.codeKind().name());
    map.put("state", EnrolmentStates.of(one, now));
    map.put("triesLeft", one.triesLeft());
    map.put("createdBy", one.createdBy());
    map.put("createdAt", one.createdAt().toString());
    map.put("expiresAt", one.expiresAt().toString());
    map.put("keyIdentifier", one.keyIdentifier().orElse(""));
    return map;
  }
}
