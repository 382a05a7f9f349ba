package org.latchkey.quarantine.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latchkey.admission.Hold;
import org.latchkey.files.OwnerFiles;

/**
 * The file that says who is held when the store is away. Owner-only; replaced as a whole, so that
 * it is never half of anything. Its last line tells how many there are, so that a file cut short is
 * noticed.
 */
final class HoldSnapshot {

  private static final String FIRST_LINE = "latchkey holds 1";
  private static final String LAST_LINE = "end ";

  /** Far beyond a hold of each of a million phones. */
  private static final int MOST_BYTES = 1 << 29;

  private final Path file;

  HoldSnapshot(Path file) {
    this.file = file;
  }

  /** Where it is. */
  Path file() {
    return file;
  }

  /**
   * What it says.
   *
   * @return empty when there is no such file
   * @throws IOException when it can't be read, or is not to be believed
   */
  Optional<List<Hold>> read() throws IOException {
    Optional<byte[]> bytes = OwnerFiles.read(file, MOST_BYTES);
    try {
      return bytes.map(text -> parse(new String(text, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException(file + " is damaged", e);
    }
  }

  /** Replaces it; on disk when this returns. */
  void write(List<Hold> holds) throws IOException {
    byte[] text = format(holds).getBytes(StandardCharsets.UTF_8);
    OwnerFiles.replace(file, new ByteArrayInputStream(text));
  }

  private static String format(List<Hold> holds) {
    StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
    for (Hold hold : holds) {
      text.append(hold.kind()).append(' ').append(encoded(hold.keyIdentifier())).append(' ');
      text.append(hold.at()).append(' ').append(encoded(hold.by())).append(' ');
      text.append(encoded(hold.reason())).append('\n');
    }
    return text.append(LAST_LINE).append(holds.size()).append('\n').toString();
  }

  private static List<Hold> parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() < 2) {
      throw new IllegalArgumentException("the file has no first or no last line");
    }
    List<Hold> holds = new ArrayList<>();
    for (String line : lines.subList(1, lines.size() - 1)) {
      String[] fields = line.split(" ", -1);
      if (fields.length != 5) {
        throw new IllegalArgumentException("a line has not five fields");
      }
      holds.add(
          new Hold(
              decoded(fields[1]),
              Hold.Kind.valueOf(fields[0]),
              decoded(fields[4]),
              decoded(fields[3]),
              Instant.parse(fields[2])));
    }
    if (!text.startsWith(FIRST_LINE + '\n')
        || !text.endsWith("\n" + LAST_LINE + holds.size() + '\n')) {
      throw new IllegalArgumentException("the first or last line is not what it should be");
    }
    return holds;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
