package org.latchkey.shell.internal.command;

import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.key.Enrolments;
import org.latchkey.key.MaintenancePasswords;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.phone.PhoneProfile;
import org.latchkey.shell.internal.Families;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Phone;
import org.latchkey.shell.internal.PhoneSheet;
import org.latchkey.shell.internal.Phones;
import org.latchkey.shell.internal.PreviewSheet;
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

  @Option(
      name = "--preview",
      description = "Print the file that it would be served, with its secrets masked")
  boolean preview;

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
    if (json && (maintenancePassword || preview)) {
      throw new RequestRefusedException(
          "A password or a file is for a person: leave out --json, or the other option.");
    }
    if (json) {
      out.json(meant.stream().map(Phone::toMap).toList());
    } else {
      meant.forEach(phone -> new PhoneSheet(parts, out).print(phone));
    }
    if (maintenancePassword) {
      meant.forEach(phone -> print(phone, parts, out));
    }
    if (preview) {
      PreviewSheet sheet = new PreviewSheet(parts, out);
      meant.stream().filter(Phone::live).forEach(sheet::print);
    }
  }

  private void print(Phone phone, Parts parts, Printout out) {
    MaintenancePasswords passwords = parts.require(MaintenancePasswords.class);
    String key = phone.keyIdentifier();
    if (key.isEmpty()) {
      out.line("%s has no key of ours, and no password from one.".formatted(phone.aor()));
      return;
    }
    try (Secret password = passwords.of(key, actor())) {
      Optional<PhoneProfile> family = new Families(parts).of(phone);
      if (family.isEmpty()) {
        out.line("Maintenance password of " + key + ": ", password, "");
        return;
      }
      try (Secret spelled = family.get().menuPassword(password)) {
        out.line("Maintenance password of " + key + ": ", spelled, "");
      }
    }
  }
}
