package org.latchkey.shell.internal.command;

import java.io.IOException;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.custody.Custodian;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.shell.internal.OptionsOnlyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Printout;
import org.latchkey.shell.internal.TypedSecret;

/** Opens sealed master keys. */
@Service
@Command(
    scope = "latchkey",
    name = "unseal",
    description = "Open the sealed master keys with their passphrase or PIN, which is asked for")
public final class UnsealCommand extends OptionsOnlyCommand {

  @Override
  protected void act(Parts parts, Printout out) {
    Custodian custodian = parts.require(Custodian.class);
    try (Secret typed = TypedSecret.read(session(), "Passphrase or PIN: ")) {
      if (typed.length() == 0) {
        throw new RequestRefusedException("Nothing was done: no passphrase was typed.");
      }
      custodian.unseal(typed, actor());
    } catch (IOException e) {
      throw new RequestRefusedException(
          "Nothing was done: the passphrase could not be read. Type latchkey:unseal on a console.");
    }
    out.line("Unsealed: keys are issued and checked.");
  }
}
