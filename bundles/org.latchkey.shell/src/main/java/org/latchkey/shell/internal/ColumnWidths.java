package org.latchkey.shell.internal;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** How wide the columns of a table are, so that it fits its terminal. */
final class ColumnWidths {

  /** Between two columns: blank, line, blank. */
  private static final int SEPARATOR = 3;

  /** No column is made narrower than this. */
  private static final int NARROWEST = 8;

  private ColumnWidths() {}

  /** The widths; where the table is too wide, its widest columns are narrowed in turn. */
  static List<Integer> fitting(int available, List<String> headings, List<List<String>> rows) {
    int[] widths = headings.stream().mapToInt(String::length).toArray();
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    long room = (long) available - (long) SEPARATOR * (widths.length - 1);
    long needed = Arrays.stream(widths).asLongStream().sum();
    while (needed > room) {
      int widest = widest(widths);
      if (widths[widest] <= NARROWEST) {
        break;
      }
      widths[widest]--;
      needed--;
    }
    return Arrays.stream(widths).boxed().toList();
  }

  private static int widest(int[] widths) {
    return IntStream.range(0, widths.length)
        .reduce(0, (best, i) -> widths[i] > widths[best] ? i : best);
  }
}
