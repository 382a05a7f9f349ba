package org.latchkey.shell.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.latchkey.shell.internal.Printout.Colour;
import org.latchkey.status.Doctor.Step;

/** Steps of an examination, for people and for programs. */
public final class StepSheet {

  private StepSheet() {}

  /** Prints them as JSON. */
  public static void json(List<Step> steps, Printout out) {
    out.json(steps.stream().map(StepSheet::toMap).toList());
  }

  /** Prints a step. */
  public static void print(Step step, Printout out) {
    Colour colour =
        switch (step.outcome()) {
          case PASSED -> Colour.GREEN;
          case FAILED -> Colour.RED;
          case SKIPPED -> Colour.YELLOW;
        };
    out.line(
        colour,
        "%-8s".formatted(step.outcome().name().toLowerCase(Locale.ROOT)),
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
