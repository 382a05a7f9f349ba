package org.latchkey.shell.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.key.Generations;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Printout;
import org.latchkey.shell.internal.completion.EndingGenerations;

/** Ends a generation. */
@Service
@Command(
    scope = "latchkey",
    name = "retire",
    description =
        "Retire a generation that verifies only: phones left on it register, and are held until"
            + " they fetch their configuration")
public final class RetireCommand extends LatchkeyCommand {

  private static final int MOST_NAMED = 20;

  @Argument(
      index = 0,
      name = "generation",
      description = "Its number, as latchkey:generations lists it",
      required = true,
      multiValued = true)
  @Completion(EndingGenerations.class)
  List<String> words = List.of();

  @Option(
      name = "--force",
      description =
          "Cut off the phones that are left: they don't even register, and need a new code")
  boolean force;

  @Option(
      name = "--destroy",
      description =
          "Wipe the key of a generation that is retired, for good; its revocations are forgotten")
  boolean destroy;

  @Override
  public void run(Parts parts, Printout out) {
    int number = number(arguments(words, "GENERATION").get(0));
    Generations generations = parts.require(Generations.class);
    if (destroy) {
      generations.destroy(number, force, actor());
      out.line("Destroyed generation %d: its key is wiped, for good.".formatted(number));
      return;
    }
    List<Generations.Left> left = generations.retire(number, force, actor());
    out.line(
        "Retired generation %d. %s"
            .formatted(
                number,
                left.isEmpty()
                    ? "No phone was left on it."
                    : force
                        ? "Phones left, and cut off: %d".formatted(left.size())
                        : "Phones left: %d. They register, are held, and get out by fetching their configuration."
                            .formatted(left.size())));
    left.stream().limit(MOST_NAMED).forEach(key -> out.line("  " + line(key)));
    if (left.size() > MOST_NAMED) {
      out.line("  and %d more; latchkey:phones lists them.".formatted(left.size() - MOST_NAMED));
    }
    out.line("latchkey:retire %d --destroy wipes its key, for good.".formatted(number));
  }

  private static String line(Generations.Left key) {
    return "%s  %s%s"
        .formatted(
            key.aor(),
            key.keyIdentifier(),
            key.moving()
                ? "  (fetched its next key, has not used it)"
                : key.recorded() ? "" : "  (registered; there is no record of its key)");
  }

  private static int number(String word) {
    try {
      return Integer.parseInt(word);
    } catch (NumberFormatException e) {
      throw new RequestRefusedException(
          "Nothing was done: '%s' is no number of a generation; latchkey:generations lists them."
              .formatted(word));
    }
  }
}
