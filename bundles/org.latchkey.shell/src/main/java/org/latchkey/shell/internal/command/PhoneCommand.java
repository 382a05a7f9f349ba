package org.latchkey.shell.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.key.Enrolments;
import org.latchkey.key.MaintenancePasswords;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Phone;
import org.latchkey.shell.internal.PhoneSheet;
import org.latchkey.shell.internal.Phones;
import org.latchkey.shell.internal.Printout;
import org.latchkey.shell.internal.completion.KnownPhones;

/** Tells everything of a phone. */
@Service
@Command(scope = "latchkey", name = "phone", description = "Everything that is known of one phone")
public final class PhoneCommand extends LatchkeyCommand {

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

  @Option(
      name = "--maintenance-password",
      description = "Print the password of its own menu, too; role admin, audited")
  boolean maintenancePassword;

  @Override
  public void run(Parts parts, Printout out) {
    String named = arguments(words, "PHONE").get(0);
    List<Phone> meant = new Phones(parts).meant(named);
    if (meant.isEmpty()) {
      parts.require(Enrolments.class);
      throw new RequestRefusedException(
          "No phone is known as '%s'. latchkey:phones lists them all, latchkey:pending who was refused."
              .formatted(named));
    }
    if (json && maintenancePassword) {
      throw new RequestRefusedException(
          "A password is for a person: leave out --json or --maintenance-password.");
    }
    if (json) {
      out.json(meant.stream().map(Phone::toMap).toList());
    } else {
      meant.forEach(phone -> new PhoneSheet(out).print(phone));
    }
    if (maintenancePassword) {
      meant.forEach(phone -> print(phone, parts.require(MaintenancePasswords.class), out));
    }
  }

  private void print(Phone phone, MaintenancePasswords passwords, Printout out) {
    String key = phone.keyIdentifier();
    if (key.isEmpty()) {
      out.line("%s has no key of ours, and no password from one.".formatted(phone.aor()));
      return;
    }
    try (Secret password = passwords.of(key, actor())) {
      out.line("Maintenance password of " + key + ": ", password, "");
    }
  }
}
