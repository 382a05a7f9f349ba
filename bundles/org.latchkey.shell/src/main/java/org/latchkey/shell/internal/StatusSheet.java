package org.latchkey.shell.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latchkey.shell.internal.Printout.Colour;
import org.latchkey.status.StatusLine;

/** The lines of a status report, for people and for programs. */
public final class StatusSheet {

  private static final int LEVEL_COLUMNS = 8;

  private StatusSheet() {}

  /** Prints them, each with what to do below it. */
  public static void print(List<StatusReport.Entry> entries, Printout out) {
    entries.forEach(entry -> print(out, entry));
  }

  /** Prints them as JSON. */
  public static void json(List<StatusReport.Entry> entries, Printout out) {
    out.json(entries.stream().map(StatusSheet::toMap).toList());
  }

  /** Prints one line of no part, with what to do below it. */
  public static void print(StatusLine line, Printout out) {
    print(out, line, "");
  }

  private static void print(Printout out, StatusReport.Entry entry) {
    print(out, entry.line(), "%-15s ".formatted(entry.part()));
  }

  private static void print(Printout out, StatusLine line, String part) {
    Colour colour =
        switch (line.level()) {
          case OK -> Colour.GREEN;
          case WARNING -> Colour.YELLOW;
          case FAULT -> Colour.RED;
        };
    out.line(colour, "%-8s".formatted(line.level()), part + line.words());
    if (!line.next().isEmpty()) {
      out.line(" ".repeat(LEVEL_COLUMNS + part.length()) + line.next());
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
