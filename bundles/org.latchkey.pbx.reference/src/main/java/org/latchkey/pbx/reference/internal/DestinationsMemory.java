package org.latchkey.pbx.reference.internal;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import org.latchkey.admission.DestinationsSetting;

/**
 * The file with the permitted destinations that were last in force, so that a setting that can't be
 * read takes no emergency number away over a restart either. Owner-only: who may write it chooses
 * where emergency calls go.
 */
final class DestinationsMemory {

  private final OwnerFile file;

  DestinationsMemory(Path file) {
    this.file = new OwnerFile(file);
  }

  /**
   * What it says.
   *
   * @return empty when there is no such file
   * @throws IOException when it can't be read, or is not to be believed
   */
  Optional<DestinationsInForce> read() throws IOException {
    try {
      Optional<String> text = file.read();
      return text.isEmpty() ? Optional.empty() : Optional.of(parse(text.get()));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
  }

  /** Replaces it; on disk when this returns. */
  void write(DestinationsInForce destinations) throws IOException {
    file.write(format(destinations));
  }

  private static String format(DestinationsInForce destinations) {
    DestinationsSetting setting = destinations.setting();
    return "# The permitted destinations in force. Edit etc/org.latchkey.destinations.cfg instead.\n"
        + line("emergency", setting.emergency())
        + line("helpDesk", setting.helpDesk())
        + line("test", setting.test())
        + line("unprovedNetworks", setting.unprovedNetworks())
        + line("unprovedPerSource", List.of(Integer.toString(destinations.perSource())))
        + line("unprovedTotal", List.of(Integer.toString(destinations.total())));
  }

  /** A line of a properties file, in which a backslash begins an escape. */
  private static String line(String name, List<String> values) {
    return name + " = " + String.join(", ", values).replace("\\", "\\\\") + "\n";
  }

  private static DestinationsInForce parse(String text) throws IOException {
    Properties values = new Properties();
    values.load(new StringReader(text));
    DestinationsInForce read =
        new DestinationsInForce(
            new DestinationsSetting(
                list(values, "emergency"),
                list(values, "helpDesk"),
                list(values, "test"),
                list(values, "unprovedNetworks")),
            Integer.parseInt(value(values, "unprovedPerSource")),
            Integer.parseInt(value(values, "unprovedTotal")));
    if (read.permitted().destinations().all().isEmpty()) {
      throw new IllegalArgumentException("it names no destination");
    }
    return read;
  }

  private static List<String> list(Properties values, String name) {
    return Arrays.stream(value(values, name).split(",", -1))
        .map(String::trim)
        .filter(entry -> !entry.isEmpty())
        .toList();
  }

  private static String value(Properties values, String name) {
    String value = values.getProperty(name);
    if (value == null) {
      throw new IllegalArgumentException(
          name + " is missing; there is " + new TreeSet<>(values.stringPropertyNames()));
    }
    return value;
  }
}
