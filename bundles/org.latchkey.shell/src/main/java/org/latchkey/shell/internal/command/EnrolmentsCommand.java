package org.latchkey.shell.internal.command;

import java.time.Instant;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.latchkey.key.Enrolments;
import org.latchkey.shell.internal.EnrolmentSheet;
import org.latchkey.shell.internal.OptionsOnlyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Printout;
import org.latchkey.shell.internal.completion.OpenEnrolments;

/** Lists enrolments, or ends one. */
@Service
@Command(
    scope = "latchkey",
    name = "enrolments",
    description = "The enrolments that are open or led to a key, newest first")
public final class EnrolmentsCommand extends OptionsOnlyCommand {

  @Option(name = "--json", description = "Print JSON for programs")
  boolean json;

  @Option(
      name = "--cancel",
      description = "End this enrolment's window; a key that it led to stays")
  @Completion(OpenEnrolments.class)
  @Nullable String cancel;

  @Override
  protected void act(Parts parts, Printout out) {
    Enrolments agent = parts.require(Enrolments.class);
    if (cancel != null) {
      agent.cancel(cancel, actor());
      out.line("Cancelled %s: its code gets nothing any more.".formatted(cancel));
      return;
    }
    EnrolmentSheet sheet = new EnrolmentSheet(Instant.now());
    if (json) {
      sheet.json(agent.enrolments(), out);
    } else {
      sheet.print(agent.enrolments(), out);
    }
  }
}
