package org.latchkey.shell.internal.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.audit.PhoneNames;
import org.latchkey.key.Aor;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolments;
import org.latchkey.key.Enrolments.Ended;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.shell.internal.HangUp;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Phone;
import org.latchkey.shell.internal.Phones;
import org.latchkey.shell.internal.Printout;
import org.latchkey.shell.internal.completion.KnownPhones;

/** Revokes a key. */
@Service
@Command(
    scope = "latchkey",
    name = "revoke",
    description = "Revoke the key of a phone, for ever: it does not register any more")
public final class RevokeCommand extends LatchkeyCommand {

  /** A key identifier, long or short. */
  private static final Pattern KEY = Pattern.compile("k[0-9a-z]{31}|j[0-9a-z]{19}");

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

  @Option(name = "--lost", description = "Nobody knows where it is")
  boolean lost;

  @Option(
      name = "--compromised",
      description = "Somebody may have its secret: it was stolen, or its configuration was")
  boolean compromised;

  @Option(name = "--replaced", description = "Another phone stands in its place")
  boolean replaced;

  @Option(
      name = "--all-lines",
      description = "Revoke all keys of its device, and end its open enrolments")
  boolean allLines;

  @Option(name = "--hang-up", description = "End its calls too, but for emergency calls")
  boolean hangUp;

  @Override
  public void run(Parts parts, Printout out) {
    String named = arguments(words, "PHONE").get(0);
    String why = why();
    Enrolments agent = parts.require(Enrolments.class);
    Phones phones = new Phones(parts);
    if (KEY.matcher(named).matches() && phones.meant(named).isEmpty()) {
      agent.revoke(named, why, actor());
      out.line(
          "Revoked %s, of which there is no record: it does not register any more."
              .formatted(named));
      return;
    }
    Ended ended;
    if (allLines) {
      ended = agent.revokeDevice(device(agent, phones, named), why, actor());
      ended.keys().stream()
          .filter(key -> key.replacedBy().isEmpty())
          .forEach(key -> revoked(key.keyIdentifier(), key.aor(), out));
    } else {
      Phone phone = phones.live(named);
      List<KeyRecord> lines = agent.lines(phone.keyIdentifier());
      ended = agent.revoke(phone.keyIdentifier(), why, actor());
      revoked(phone.keyIdentifier(), phone.aor(), out);
      if (lost || compromised) {
        left(phone, lines, out);
      }
    }
    ended.enrolments().forEach(one -> ended(one, out));
    if (hangUp) {
      HangUp.callsOf(ended.keys().stream().map(KeyRecord::keyIdentifier).toList(), parts, out);
    }
  }

  private static void revoked(String keyIdentifier, Aor aor, Printout out) {
    out.line(
        "Revoked %s of %s: it does not register any more. latchkey:enrol gives the extension a new key."
            .formatted(keyIdentifier, aor));
  }

  private static void ended(Enrolment one, Printout out) {
    out.line(
        "Ended the open enrolment %s of %s, line %d of device %s: it can't be fetched any more."
            .formatted(one.id(), one.aor(), one.line(), one.device().orElse("")));
  }

  /** Whoever has the phone has them all. */
  private static void left(Phone phone, List<KeyRecord> lines, Printout out) {
    List<String> others =
        lines.stream()
            .filter(key -> key.line() != phone.record().map(KeyRecord::line).orElse(0))
            .map(key -> "line %d (%s)".formatted(key.line(), key.aor()))
            .toList();
    if (!others.isEmpty()) {
      out.line(
          "Whoever has the phone still has and fetches %s: latchkey:revoke %s --all-lines ends them."
              .formatted(String.join(", ", others), phone.device()));
    }
  }

  /** The one device that a text means by itself or by one of its lines. */
  private static String device(Enrolments agent, Phones phones, String named) {
    List<Phone> meant = phones.meant(named);
    List<Phone> live = meant.stream().filter(Phone::live).toList();
    List<String> devices =
        (live.isEmpty() ? meant : live).stream().map(Phone::device).distinct().toList();
    if (devices.isEmpty()) {
      // It may have no key yet, but an enrolment.
      return named;
    }
    if (devices.size() > 1 || devices.get(0).isEmpty()) {
      throw new RequestRefusedException(
          "Nothing was done: '%s' names not exactly one device. latchkey:phones lists them."
              .formatted(named));
    }
    requireItsOwn(agent, (live.isEmpty() ? meant : live).get(0), named);
    return devices.get(0);
  }

  /** A phone may call itself by another's device identifier: that one is not to suffer for it. */
  private static void requireItsOwn(Enrolments agent, Phone phone, String named) {
    Set<String> own =
        agent.lines(phone.keyIdentifier()).stream()
            .map(KeyRecord::enrolment)
            .collect(Collectors.toSet());
    phone.record().map(KeyRecord::enrolment).ifPresent(own::add);
    List<String> others =
        agent.find(phone.device()).stream()
            .filter(key -> key.revocation().isEmpty() && !own.contains(key.enrolment()))
            .map(key -> key.aor().toString())
            .distinct()
            .toList();
    boolean byDevice = PhoneNames.meantBy(named).contains(phone.device());
    if (!byDevice && !others.isEmpty()) {
      throw new RequestRefusedException(
          "Nothing was done: device %1$s also has keys of %2$s, which this phone can't fetch: it may only call itself so. Revoke its key alone, or name the device: latchkey:revoke %1$s --all-lines."
              .formatted(phone.device(), String.join(", ", others)));
    }
  }

  /** The kind first, so that {@code latchkey:audit} finds all of it. */
  private String why() {
    List<String> kinds = new ArrayList<>();
    if (lost) {
      kinds.add("lost");
    }
    if (compromised) {
      kinds.add("compromised");
    }
    if (replaced) {
      kinds.add("replaced");
    }
    if (kinds.size() > 1) {
      throw new RequestRefusedException(
          "Give one of --lost, --compromised and --replaced; --compromised if in doubt.");
    }
    if (!reason.isBlank()) {
      kinds.add(reason);
    }
    return String.join(": ", kinds);
  }
}
