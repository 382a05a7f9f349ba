package org.latchkey.shell.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.custody.RegistrarNode;
import org.latchkey.custody.RegistrarNode.InForce;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Printout;

/** Lets this PBX node trust a key agent. */
@Service
@Command(
    scope = "latchkey",
    name = "registrar-trust",
    description =
        "On a PBX node: take over the export that was brought, and later ones of the same key agent")
public final class RegistrarTrustCommand extends LatchkeyCommand {

  /** Not completed: it is to come from the agent, not from what was brought. */
  @Argument(
      index = 0,
      name = "fingerprint",
      description = "The agent's fingerprint, as latchkey:registrar-export printed it there",
      required = true,
      multiValued = true)
  List<String> words = List.of();

  @Override
  public void run(Parts parts, Printout out) {
    String fingerprint = arguments(words, "FINGERPRINT").get(0);
    InForce inForce = parts.require(RegistrarNode.class).trust(fingerprint, actor());
    out.line(
        "The agent %s is trusted; its export %d of %s is in force."
            .formatted(inForce.agent(), inForce.number(), inForce.takenAt()));
  }
}
