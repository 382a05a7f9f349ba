package org.latchkey.shell.internal;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Paper that a command prints on, for a test to read. */
public final class Paper {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Paper in a pipe. */
  public Printout pipe() {
    return Printout.into(new PrintStream(bytes, true, StandardCharsets.UTF_8));
  }

  /** Paper in a terminal of so many columns. */
  public Printout terminal(int columns) {
    return Printout.asTerminal(new PrintStream(bytes, true, StandardCharsets.UTF_8), columns);
  }

  /** What is printed on it. */
  public String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
