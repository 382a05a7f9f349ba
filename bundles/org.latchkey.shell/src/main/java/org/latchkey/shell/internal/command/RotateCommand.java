package org.latchkey.shell.internal.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.key.Generation;
import org.latchkey.key.Generations;
import org.latchkey.key.Generations.Rotation;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.shell.internal.OptionsOnlyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Printout;

/** Makes the next generation. */
@Service
@Command(
    scope = "latchkey",
    name = "rotate",
    description =
        "Make the next generation of the master key and issue with it; phones move when they next"
            + " fetch their configuration, and register as before meanwhile")
public final class RotateCommand extends OptionsOnlyCommand {

  @Option(
      name = "--prepare",
      description = "Make and distribute it, and issue with it only when rotate is typed again")
  boolean prepare;

  @Option(
      name = "--compromised",
      description =
          "Somebody else may have the subkeys of the generations there are, as after a registrar"
              + " was stolen: their phones are held until they have fetched their next key")
  boolean compromised;

  @Override
  protected void act(Parts parts, Printout out) {
    if (prepare && compromised) {
      throw new RequestRefusedException(
          "Nothing was rotated: --prepare waits, --compromised does not. Choose one.");
    }
    Rotation how = prepare ? Rotation.PREPARE : compromised ? Rotation.COMPROMISED : Rotation.ISSUE;
    Generation next = parts.require(Generations.class).rotate(how, actor());
    if (prepare) {
      out.line(
          "Generation %d is distributed and issues nothing yet. Type latchkey:rotate to go on."
              .formatted(next.number()));
      return;
    }
    out.line("Generation %d issues; those before it verify.".formatted(next.number()));
    if (compromised) {
      out.line(
          "The phones on them are held: they register, and reach emergency numbers and the help desk"
              + " until they fetch their configuration.");
    }
    out.line("latchkey:generations shows how far the phones are.");
  }
}
