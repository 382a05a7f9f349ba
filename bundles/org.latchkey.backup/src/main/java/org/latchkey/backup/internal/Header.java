package org.latchkey.backup.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.latchkey.backup.Backups;

/**
 * What each file of a backup begins with, the same in all of them, in plain text: the backup's
 * name, when it was made, its parts, how many shares restore it, and their fingerprints, by which a
 * share that was altered is named.
 *
 * @param backup the backup's name
 * @param fingerprints of the shares, in order
 */
record Header(
    String backup, Instant takenAt, List<String> parts, int threshold, List<String> fingerprints) {

  private static final String TITLE = "latchkey backup 1";
  private static final int MOST_BYTES = 8_192;
  private static final int FIXED_LINES = 5;

  Header {
    parts = List.copyOf(parts);
    fingerprints = List.copyOf(fingerprints);
  }

  /** As it is written, with the empty line that ends it. */
  byte[] toBytes() {
    String text =
        TITLE
            + "\nbackup "
            + backup
            + "\ntaken "
            + takenAt
            + "\nparts "
            + String.join(" ", parts)
            + "\nthreshold "
            + threshold
            + fingerprints.stream().map(f -> "\nshare " + f).collect(Collectors.joining())
            + "\n\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads one, and nothing after it.
   *
   * @throws IOException when there is none
   */
  static Header read(InputStream in) throws IOException {
    byte[] bytes = new byte[MOST_BYTES];
    int length = 0;
    while (length < 2 || bytes[length - 1] != '\n' || bytes[length - 2] != '\n') {
      int next = in.read();
      if (next < 0 || length == MOST_BYTES) {
        throw new IOException("it does not begin as a backup does");
      }
      bytes[length++] = (byte) next;
    }
    try {
      Header header =
          parse(new String(bytes, 0, length, StandardCharsets.US_ASCII).lines().toList());
      if (!Arrays.equals(header.toBytes(), Arrays.copyOf(bytes, length))) {
        throw new IllegalArgumentException("another form");
      }
      return header;
    } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
      throw new IOException("it does not begin as a backup of this version does", e);
    }
  }

  private static Header parse(List<String> lines) {
    List<String> fingerprints =
        lines.subList(FIXED_LINES, lines.size() - 1).stream().map(l -> value(l, "share")).toList();
    Header header =
        new Header(
            value(lines.get(1), "backup"),
            Instant.parse(value(lines.get(2), "taken")),
            List.of(value(lines.get(3), "parts").split(" ", -1)),
            Integer.parseInt(value(lines.get(4), "threshold")),
            fingerprints);
    int shares = fingerprints.size();
    if (!header.backup.matches("[0-9a-z]{4}-[0-9a-z]{4}")
        || header.threshold < Backups.LEAST_SHARES
        || header.threshold > shares
        || shares > Backups.MOST_SHARES) {
      throw new IllegalArgumentException("numbers that no backup has");
    }
    return header;
  }

  private static String value(String line, String name) {
    if (!line.startsWith(name + ' ')) {
      throw new IllegalArgumentException("no line " + name);
    }
    return line.substring(name.length() + 1);
  }
}
