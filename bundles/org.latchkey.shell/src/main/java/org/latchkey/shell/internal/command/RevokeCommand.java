package org.latchkey.shell.internal.command;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.key.Enrolments;
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
    Phone phone = phones.live(named);
    List<String> keys = phones.keysOf(phone);
    agent.revoke(phone.keyIdentifier(), why, actor());
    out.line(
        "Revoked %s of %s: it does not register any more. latchkey:enrol gives the extension a new key."
            .formatted(phone.keyIdentifier(), phone.aor()));
    if (hangUp) {
      HangUp.callsOf(keys, parts, out);
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
