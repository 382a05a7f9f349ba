package org.latchkey.shell.internal.command;

import java.time.Instant;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditLog;
import org.latchkey.key.Enrolments;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.pbx.PbxControl;
import org.latchkey.pbx.Registration;
import org.latchkey.phone.PhoneProfile;
import org.latchkey.shell.internal.Families;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Phone;
import org.latchkey.shell.internal.Phones;
import org.latchkey.shell.internal.Printout;
import org.latchkey.shell.internal.completion.KnownPhones;

/** Has a phone fetch its configuration. */
@Service
@Command(
    scope = "latchkey",
    name = "check-sync",
    description =
        "Tell a registered phone to fetch its configuration now, by the event that its family knows")
public final class CheckSyncCommand extends LatchkeyCommand {

  @Argument(
      index = 0,
      name = "phone",
      description = "Its extension, AOR, device identifier, network address or key identifier",
      required = true,
      multiValued = true)
  @Completion(KnownPhones.class)
  List<String> words = List.of();

  @Override
  public void run(Parts parts, Printout out) {
    String named = arguments(words, "PHONE").get(0);
    parts.require(Enrolments.class);
    AuditLog evidence = parts.require(AuditLog.class);
    parts.require(PbxControl.class);
    Phones phones = new Phones(parts);
    Phone phone = phones.live(named);
    String event = event(phone, parts);
    List<String> keys = phones.keysOf(phone);
    List<PbxControl> pbxs =
        parts.all(PbxControl.class).stream().filter(pbx -> knows(pbx, keys)).toList();
    if (pbxs.isEmpty()) {
      throw new RequestRefusedException(
          "Nothing was done: %s is not registered. It fetches when it starts; latchkey:why %s tells what it did last."
              .formatted(phone.aor(), named));
    }
    evidence.append(
        new AuditEntry(
            Instant.now(),
            actor(),
            "phone.check-sync",
            phone.keyIdentifier(),
            phone.aor().toString(),
            phone.device(),
            "",
            "it is told to fetch its configuration: " + event));
    int told = pbxs.stream().mapToInt(pbx -> tell(pbx, keys, event)).sum();
    if (told == 0) {
      throw new RequestRefusedException(
          "Nothing was told: the connection of %s is not there. It fetches when it starts."
              .formatted(phone.aor()));
    }
    out.line(
        "Sent %s to %d registration%s of %s. latchkey:why %s tells what it fetches."
            .formatted(event, told, told == 1 ? "" : "s", phone.aor(), named));
  }

  private static String event(Phone phone, Parts parts) {
    PhoneProfile family =
        new Families(parts)
            .of(phone)
            .orElseThrow(
                () ->
                    new RequestRefusedException(
                        "Nothing was done: the family of %s is not known here, so neither is its event. Start the phone anew. %s"
                            .formatted(phone.aor(), absence(parts))));
    return family
        .traits()
        .checkSyncEvent()
        .orElseThrow(
            () ->
                new RequestRefusedException(
                    "Nothing was done: %s is a phone of the family %s, which knows no event for it. It fetches when it starts: start it anew."
                        .formatted(phone.aor(), family.name())));
  }

  private static String absence(Parts parts) {
    return parts.find(PhoneProfile.class).isPresent() ? "" : parts.absent(PhoneProfile.class);
  }

  private static boolean knows(PbxControl pbx, List<String> keys) {
    return pbx.registrations().stream().map(Registration::keyIdentifier).anyMatch(keys::contains);
  }

  private static int tell(PbxControl pbx, List<String> keys, String event) {
    try {
      return keys.stream().mapToInt(key -> pbx.checkSync(key, event)).sum();
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new RequestRefusedException(
          "%s. latchkey:status tells how the PBX is.".formatted(e.getMessage()));
    }
  }
}
