package org.latchkey.shell.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.shell.internal.OptionsOnlyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Printout;
import org.latchkey.shell.internal.StepSheet;
import org.latchkey.status.Doctor;
import org.latchkey.status.Doctor.Outcome;
import org.latchkey.status.Doctor.Step;

/** Examines the running system. */
@Service
@Command(
    scope = "latchkey",
    name = "doctor",
    description = "Enrol, register, call, hold and revoke a probe, and say what does not work")
public final class DoctorCommand extends OptionsOnlyCommand {

  @Option(name = "--json", description = "Print JSON for programs, at the end")
  boolean json;

  @Override
  protected void act(Parts parts, Printout out) {
    Doctor doctor = parts.require(Doctor.class);
    List<Step> steps =
        doctor.examine(actor(), json ? step -> {} : step -> StepSheet.print(step, out));
    if (json) {
      StepSheet.json(steps, out);
    }
    long passed = steps.stream().filter(step -> step.outcome() == Outcome.PASSED).count();
    if (passed < steps.size()) {
      throw new RequestRefusedException(
          "Not all is well: %d of %d steps passed.".formatted(passed, steps.size()));
    }
    if (!json) {
      out.line("All is well: %d steps passed.".formatted(passed));
    }
  }
}
