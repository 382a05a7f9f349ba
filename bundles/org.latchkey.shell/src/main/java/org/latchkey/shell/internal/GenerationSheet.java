package org.latchkey.shell.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.latchkey.key.Generation;
import org.latchkey.key.Generations.Overview;
import org.latchkey.key.Generations.Row;

/** The generations, as a table with a progress bar, or as JSON. */
public final class GenerationSheet {

  private static final int CELLS = 40;

  private GenerationSheet() {}

  /** Prints a table, and how far the phones have moved. */
  public static void print(Overview overview, Printout out) {
    out.table(
        List.of("Generation", "State", "Since", "Phones"),
        overview.rows().stream().map(GenerationSheet::row).toList());
    if (overview.phones() == 0) {
      return;
    }
    int cells = (int) ((long) CELLS * overview.moved() / overview.phones());
    out.line(
        "[%s%s] %d of %d phones have a key of the generation that issues%s"
            .formatted(
                "#".repeat(cells),
                ".".repeat(CELLS - cells),
                overview.moved(),
                overview.phones(),
                overview
                    .expectedEnd()
                    .map(end -> ", all of them by " + PlainText.of(end))
                    .orElse("")));
  }

  /** Prints JSON. */
  public static void json(Overview overview, Printout out) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("generations", overview.rows().stream().map(GenerationSheet::toMap).toList());
    map.put("moved", overview.moved());
    map.put("phones", overview.phones());
    overview.expectedEnd().ifPresent(end -> map.put("expectedEnd", end.toString()));
    out.json(map);
  }

  private static List<String> row(Row row) {
    Generation one = row.generation();
    return List.of(
        Integer.toString(one.number()),
        state(one),
        PlainText.of(one.since()),
        Integer.toString(row.phones()));
  }

  private static String state(Generation one) {
    return one.state().name().toLowerCase(Locale.ROOT).replace('_', '-')
        + (one.compromised() ? ", compromised" : "")
        + (one.cutOff() ? ", cut off" : "");
  }

  private static Map<String, Object> toMap(Row row) {
    Generation one = row.generation();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("number", one.number());
    map.put("state", one.state().name());
    map.put("since", one.since().toString());
    map.put("compromised", one.compromised());
    map.put("cutOff", one.cutOff());
    map.put("phones", row.phones());
    return map;
  }
}
