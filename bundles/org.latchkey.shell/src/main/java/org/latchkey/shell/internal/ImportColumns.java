package org.latchkey.shell.internal;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.key.Enrolment;
import org.latchkey.key.EnrolmentOrder;
import org.latchkey.key.RequestRefusedException;

/** The columns of an import file, in any order; all but the extension may be left out. */
final class ImportColumns {

  /** What the first line must be. */
  static final String WANTED =
      "Its first line names the columns: extension, and if wanted device, line, name, approval, typed, window, vendor";

  private static final Set<String> KNOWN =
      Set.of("extension", "device", "line", "name", "approval", "typed", "window", "vendor");

  private final Map<String, Integer> places;
  private final int count;

  private ImportColumns(Map<String, Integer> places, int count) {
    this.places = places;
    this.count = count;
  }

  /**
   * Reads the first line.
   *
   * @throws RequestRefusedException when it names no extension, a column that is not known, or one
   *     twice
   */
  static ImportColumns of(List<String> header) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i).strip().toLowerCase(Locale.ROOT);
      if (!KNOWN.contains(name) || places.put(name, i) != null) {
        throw refused("column %d of the file is not known, or there twice".formatted(i + 1));
      }
    }
    if (!places.containsKey("extension")) {
      throw refused("the file has no column extension");
    }
    return new ImportColumns(places, header.size());
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException with what is wrong with it
   */
  EnrolmentOrder order(List<String> fields) {
    if (fields.size() != count) {
      throw new IllegalArgumentException(
          "has %d fields where the first line has %d".formatted(fields.size(), count));
    }
    if (fields.stream().anyMatch(field -> field.chars().anyMatch(Character::isISOControl))) {
      throw new IllegalArgumentException(
          "has a field with a line break or control character. Is a quotation mark not closed?");
    }
    String extension =
        text(fields, "extension")
            .orElseThrow(() -> new IllegalArgumentException("has no extension"));
    return new EnrolmentOrder(
            extension,
            text(fields, "device"),
            number(fields, "line", 1, 255).orElse(1),
            text(fields, "name"),
            truth(fields, "approval"),
            truth(fields, "typed") ? Enrolment.CodeKind.TYPED : Enrolment.CodeKind.URL,
            number(fields, "window", 1, 525_600).map(Duration::ofMinutes))
        .ofVendor(text(fields, "vendor").map(vendor -> vendor.toLowerCase(Locale.ROOT)));
  }

  private Optional<String> text(List<String> fields, String column) {
    return Optional.ofNullable(places.get(column))
        .map(place -> fields.get(place).strip())
        .filter(field -> !field.isEmpty());
  }

  private Optional<Integer> number(List<String> fields, String column, int least, int most) {
    return text(fields, column)
        .map(
            field -> {
              int number = field.matches("[0-9]{1,6}") ? Integer.parseInt(field) : -1;
              if (number < least || number > most) {
                throw new IllegalArgumentException(
                    "has a %s that is no number from %d to %d".formatted(column, least, most));
              }
              return number;
            });
  }

  private boolean truth(List<String> fields, String column) {
    String field = text(fields, column).orElse("no").toLowerCase(Locale.ROOT);
    if (!Set.of("yes", "no", "true", "false").contains(field)) {
      throw new IllegalArgumentException("has a %s that is neither yes nor no".formatted(column));
    }
    return field.equals("yes") || field.equals("true");
  }

  private static RequestRefusedException refused(String why) {
    return new RequestRefusedException("Nothing was changed: %s. %s.".formatted(why, WANTED));
  }
}
