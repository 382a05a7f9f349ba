package org.latchkey.shell.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.Terminal;
import org.apache.karaf.shell.support.ansi.SimpleAnsi;
import org.apache.karaf.shell.support.table.Col;
import org.apache.karaf.shell.support.table.ShellTable;
import org.latchkey.key.Secret;

/** Where a command prints. Whatever it is given comes out as {@link PlainText}. */
public final class Printout {

  /** A width that no table has. */
  private static final int UNLIMITED = Integer.MAX_VALUE;

  private static final int PROGRESS_CELLS = 40;
  private static final String WHITE_ON_BLACK = "\u001b[97;40m";
  private static final String RESET = "\u001b[0m";

  private static final JSON JSON_TEXT =
      JSON.builder(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build())
          .enable(JSON.Feature.PRETTY_PRINT_OUTPUT)
          .disable(JSON.Feature.FLUSH_AFTER_WRITE_VALUE)
          .build();

  /** The colours that mean something here. */
  public enum Colour {
    /** As it should be. */
    GREEN(SimpleAnsi.COLOR_GREEN),
    /** Somebody should look. */
    YELLOW(SimpleAnsi.COLOR_YELLOW),
    /** Does not work. */
    RED(SimpleAnsi.COLOR_RED);

    private final String escape;

    Colour(String escape) {
      this.escape = escape;
    }
  }

  private final PrintStream stream;
  private final int width;
  private final boolean colours;
  private final boolean terminal;

  private Printout(PrintStream stream, int width, boolean colours, boolean terminal) {
    this.stream = stream;
    this.width = width;
    this.colours = colours;
    this.terminal = terminal;
  }

  /** Prints on the console of a session, which may be a pipe. */
  public static Printout on(Session session) {
    Optional<Terminal> terminal = Optional.ofNullable(session.getTerminal());
    int columns = terminal.map(Terminal::getWidth).orElse(0);
    return new Printout(
        session.getConsole(),
        columns > 0 ? columns : UNLIMITED,
        terminal.map(Terminal::isAnsiSupported).orElse(false),
        terminal.isPresent());
  }

  /** Prints into a stream that is no terminal. */
  public static Printout into(PrintStream stream) {
    return new Printout(stream, UNLIMITED, false, false);
  }

  /** Prints into a stream as on a terminal of so many columns. */
  static Printout asTerminal(PrintStream stream, int columns) {
    return new Printout(stream, columns, true, true);
  }

  /** Whether nobody reads any more what is printed, as far as can be told. */
  boolean isGone() {
    return stream.checkError();
  }

  /** Prints one line. */
  public void line(String text) {
    stream.println(PlainText.of(text));
  }

  /** Prints one line that begins with a coloured word. */
  public void line(Colour colour, String word, String text) {
    String plain = PlainText.of(word);
    stream.println(
        (colours ? colour.escape + plain + SimpleAnsi.COLOR_DEFAULT : plain) + PlainText.of(text));
  }

  /** Prints one line with a secret in its midst, for this one time. */
  public void line(String before, Secret secret, String after) {
    byte[] bytes = secret.copy();
    stream.print(PlainText.of(before));
    stream.write(bytes, 0, bytes.length);
    stream.println(PlainText.of(after));
    Arrays.fill(bytes, (byte) 0);
  }

  /**
   * Prints a picture of block characters: white on black, where there are colours.
   *
   * @return false, and nothing is printed, when the terminal is too narrow for it
   */
  boolean picture(List<String> lines) {
    if (lines.stream().anyMatch(line -> line.length() > width)) {
      return false;
    }
    for (String line : lines) {
      String plain = PlainText.of(line);
      stream.println(colours ? WHITE_ON_BLACK + plain + RESET : plain);
    }
    return true;
  }

  /** Prints rows below headings; on a terminal, the widest columns give way. */
  public void table(List<String> headings, List<List<String>> rows) {
    List<List<String>> plain =
        rows.stream().map(row -> row.stream().map(PlainText::of).toList()).toList();
    List<Integer> widths = ColumnWidths.fitting(width, headings, plain);
    ShellTable table = new ShellTable();
    for (int i = 0; i < headings.size(); i++) {
      table.column(new Col(headings.get(i)).maxSize(widths.get(i)));
    }
    plain.forEach(row -> table.addRow().addContent(row.toArray()));
    table.print(stream);
  }

  /** Prints maps, lists, texts, numbers and truths as JSON, in ASCII. */
  public void json(Object value) {
    try {
      stream.println(JSON_TEXT.asString(value));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Shows how far a long piece of work is; nothing where there is no terminal. */
  public void progress(int done, int total) {
    if (!terminal || total == 0) {
      return;
    }
    int cells = (int) ((long) PROGRESS_CELLS * done / total);
    stream.print("\r[" + "#".repeat(cells) + ".".repeat(PROGRESS_CELLS - cells) + "] ");
    stream.print(done + "/" + total + (done == total ? System.lineSeparator() : ""));
    stream.flush();
  }
}
