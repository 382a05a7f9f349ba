package org.latchkey.shell.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latchkey.shell.internal.Printout.Colour;

/** The lines of a status report, for people and for programs. */
public final class StatusSheet {

  private StatusSheet() {}

  /** Prints them, each with what to do below it. */
  public static void print(List<StatusReport.Entry> entries, Printout out) {
    entries.forEach(entry -> print(out, entry));
  }

  /** Prints them as JSON. */
  public static void json(List<StatusReport.Entry> entries, Printout out) {
    out.json(entries.stream().map(StatusSheet::toMap).toList());
  }

  private static void print(Printout out, StatusReport.Entry entry) {
    Colour colour =
        switch (entry.line().level()) {
          case OK -> Colour.GREEN;
          case WARNING -> Colour.YELLOW;
          case FAULT -> Colour.RED;
        };
    String level = "%-8s".formatted(entry.line().level());
    out.line(colour, level, "%-15s %s".formatted(entry.part(), entry.line().words()));
    if (!entry.line().next().isEmpty()) {
      out.line(" ".repeat(24) + entry.line().next());
    }
  }

  private static Map<String, Object> toMap(StatusReport.Entry entry) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("part", entry.part());
    map.put("level", entry.line().level().name());
    map.put("words", entry.line().words());
    map.put("next", entry.line().next());
    return map;
  }
}
