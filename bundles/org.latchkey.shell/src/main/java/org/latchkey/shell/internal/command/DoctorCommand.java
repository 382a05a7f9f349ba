package org.latchkey.shell.internal.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Printout;
import org.latchkey.shell.internal.Printout.Colour;
import org.latchkey.status.Doctor;
import org.latchkey.status.Doctor.Outcome;
import org.latchkey.status.Doctor.Step;

/** Examines the running system. */
@Service
@Command(
    scope = "latchkey",
    name = "doctor",
    description = "Enrol, register, call, hold and revoke a probe, and say what does not work")
public final class DoctorCommand extends LatchkeyCommand {

  @Option(name = "--json", description = "Print JSON for programs, at the end")
  boolean json;

  @Override
  public void run(Parts parts, Printout out) {
    Doctor doctor = parts.require(Doctor.class);
    List<Step> steps =
        doctor.examine(
            actor(),
            step -> {
              if (!json) {
                print(out, step);
              }
            });
    if (json) {
      out.json(steps.stream().map(DoctorCommand::toMap).toList());
    }
    long failed = steps.stream().filter(step -> step.outcome() == Outcome.FAILED).count();
    long skipped = steps.stream().filter(step -> step.outcome() == Outcome.SKIPPED).count();
    if (failed + skipped > 0) {
      throw new RequestRefusedException(
          "Not all is well: %d steps failed, %d were skipped.".formatted(failed, skipped));
    }
    if (!json) {
      out.line("All is well: %d steps passed.".formatted(steps.size()));
    }
  }

  private static void print(Printout out, Step step) {
    Colour colour =
        switch (step.outcome()) {
          case PASSED -> Colour.GREEN;
          case FAILED -> Colour.RED;
          case SKIPPED -> Colour.YELLOW;
        };
    out.line(
        colour,
        "%-8s".formatted(step.outcome().name().toLowerCase(java.util.Locale.ROOT)),
        "%6d ms  %s: %s".formatted(step.took().toMillis(), step.name(), step.saw()));
    if (!step.next().isEmpty()) {
      out.line(" ".repeat(19) + step.next());
    }
  }

  private static Map<String, Object> toMap(Step step) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", step.name());
    map.put("outcome", step.outcome().name());
    map.put("milliseconds", step.took().toMillis());
    map.put("saw", step.saw());
    map.put("next", step.next());
    return map;
  }
}
