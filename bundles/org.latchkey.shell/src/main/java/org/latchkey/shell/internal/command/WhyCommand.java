package org.latchkey.shell.internal.command;

import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.audit.AuditLog;
import org.latchkey.audit.PhoneJournal;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.PhoneStory;
import org.latchkey.shell.internal.PlainText;
import org.latchkey.shell.internal.Printout;
import org.latchkey.shell.internal.completion.KnownPhones;

/** Tells what happened to a phone. */
@Service
@Command(
    scope = "latchkey",
    name = "why",
    description = "The last ten events of a phone in words, the latest last")
public final class WhyCommand extends LatchkeyCommand {

  private static final int EVENTS = 10;

  @Argument(
      index = 0,
      name = "phone",
      description = "Its extension, AOR, device identifier, network address or key identifier",
      required = true,
      multiValued = true)
  @Completion(KnownPhones.class)
  List<String> words = List.of();

  @Option(name = "--json", description = "Print JSON for programs")
  boolean json;

  @Override
  public void run(Parts parts, Printout out) {
    String named = arguments(words, "PHONE").get(0);
    if (parts.find(AuditLog.class).isEmpty()) {
      parts.require(PhoneJournal.class);
    }
    List<PhoneStory.Line> story = new PhoneStory(parts).of(named, EVENTS);
    if (json) {
      out.json(
          story.stream()
              .map(one -> Map.of("at", one.at().toString(), "words", one.words()))
              .toList());
      return;
    }
    story.forEach(one -> out.line(PlainText.of(one.at()) + "  " + one.words()));
    if (story.isEmpty()) {
      out.line(
          "Nothing is remembered of '%s'. latchkey:pending lists who knocked, latchkey:phones who has a key."
              .formatted(named));
    }
    if (parts.find(PhoneJournal.class).isEmpty()) {
      out.line("Only what the audit log has is shown. " + parts.absent(PhoneJournal.class));
    }
  }
}
