package org.latchkey.shell.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.latchkey.key.RequestRefusedException;

/**
 * A command that takes options and no arguments. Karaf refuses an argument of a command that
 * declares none without a next step, before the command hears of it; so it declares them, to refuse
 * them itself.
 */
public abstract class OptionsOnlyCommand extends LatchkeyCommand {

  @Argument(
      index = 0,
      name = "no arguments",
      description = "This command takes options only",
      multiValued = true)
  List<String> words = List.of();

  @Override
  public final void run(Parts parts, Printout out) {
    List<String> superfluous = optionalArguments(words);
    if (!superfluous.isEmpty()) {
      throw new RequestRefusedException(
          "Nothing was done: latchkey:%1$s takes no '%2$s'. latchkey:%1$s --help tells what can be said."
              .formatted(getClass().getAnnotation(Command.class).name(), superfluous.get(0)));
    }
    act(parts, out);
  }

  /**
   * Does what the command is for.
   *
   * @throws RequestRefusedException when it can't, with a sentence that says what to do
   */
  protected abstract void act(Parts parts, Printout out);
}
