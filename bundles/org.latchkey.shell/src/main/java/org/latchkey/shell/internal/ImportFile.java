package org.latchkey.shell.internal;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.EnrolmentOrder;
import org.latchkey.key.RequestRefusedException;

/**
 * A file of phones to enrol: CSV as of RFC 4180 in UTF-8, with or without byte order mark,
 * separated by comma, semicolon or tabulator, the columns named in the first line.
 *
 * <p>Before the columns are known to be ours, nothing of the file is ever shown: it may be another
 * file altogether.
 */
public final class ImportFile {

  private static final long MOST_BYTES = 16L * 1024 * 1024;

  /**
   * An order and where it stands.
   *
   * @param number its line, from 1
   * @param order what it asks for
   */
  public record Line(long number, EnrolmentOrder order) {}

  /**
   * A line that can't be carried out.
   *
   * @param number its line, from 1
   * @param sentence what is wrong and what would be right
   */
  public record BadLine(long number, String sentence) {}

  private final List<Line> lines = new ArrayList<>();
  private final List<BadLine> badLines = new ArrayList<>();
  private final Map<String, Long> seen = new HashMap<>();

  private ImportFile() {}

  /**
   * Reads a file.
   *
   * @throws RequestRefusedException when it can't be read as a whole
   */
  public static ImportFile read(Path file) {
    try {
      if (Files.readAttributes(file, BasicFileAttributes.class).isOther()) {
        throw refused("%s is no file. Name one".formatted(file));
      }
      if (Files.size(file) > MOST_BYTES) {
        throw refused("the file is larger than 16 MiB. Split it");
      }
      return of(decoded(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw refused(FileFault.reading(file, e));
    }
  }

  /** Reads the text of a file. */
  static ImportFile of(String text) {
    ImportFile file = new ImportFile();
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .fieldSeparator(separator(text))
            .allowExtraFields(true)
            .allowMissingFields(true)
            .ofCsvRecord(text)) {
      file.readAll(reader.iterator());
    } catch (IOException e) {
      throw new IllegalStateException("the text is in memory", e);
    }
    return file;
  }

  /** The lines that look right. */
  public List<Line> lines() {
    return List.copyOf(lines);
  }

  /** The lines that don't. */
  public List<BadLine> badLines() {
    return List.copyOf(badLines);
  }

  /** This file as entries of the inventory, which need no codes. */
  public ImportFile asInventory() {
    ImportFile file = new ImportFile();
    file.badLines.addAll(badLines);
    for (Line line : lines) {
      if (line.order().codeKind() == CodeKind.TYPED) {
        file.badLines.add(
            new BadLine(line.number(), "wants a typed code, which the inventory has not"));
      } else {
        file.lines.add(new Line(line.number(), line.order().with(CodeKind.INVENTORY)));
      }
    }
    return file;
  }

  private void readAll(Iterator<CsvRecord> records) {
    long last = 0;
    try {
      if (!records.hasNext()) {
        throw refused("the file is empty. " + ImportColumns.WANTED);
      }
      ImportColumns columns = ImportColumns.of(records.next().getFields());
      while (records.hasNext()) {
        CsvRecord record = records.next();
        last = record.getStartingLineNumber();
        read(columns, record);
      }
    } catch (CsvParseException e) {
      throw refused(
          "after line %d a quotation mark stands where none may: the rest can't be read"
              .formatted(last));
    }
  }

  private void read(ImportColumns columns, CsvRecord record) {
    long number = record.getStartingLineNumber();
    try {
      EnrolmentOrder order = columns.order(record.getFields());
      String subject =
          order.device().map(ImportFile::bare).orElse("no device, extension " + order.aor())
              + " line "
              + order.line();
      Long before = seen.putIfAbsent(subject, number);
      if (before != null) {
        throw new IllegalArgumentException("is the same phone and line as line " + before);
      }
      lines.add(new Line(number, order));
    } catch (IllegalArgumentException e) {
      badLines.add(new BadLine(number, String.valueOf(e.getMessage())));
    }
  }

  private static String bare(String device) {
    return device.replaceAll("[:.\\s-]", "").toLowerCase(java.util.Locale.ROOT);
  }

  private static String decoded(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw refused("the file is not in UTF-8. Save it as \"CSV UTF-8\"");
    }
  }

  private static char separator(String text) {
    String head = text.lines().findFirst().orElse("");
    for (char candidate : new char[] {',', ';', '\t'}) {
      if (head.indexOf(candidate) >= 0) {
        return candidate;
      }
    }
    return ',';
  }

  private static RequestRefusedException refused(String why) {
    return new RequestRefusedException("Nothing was changed: " + why + ".");
  }
}
