package org.latchkey.shell.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.Test;
import org.latchkey.key.Secret;

public final class PrintoutTest {

  private final Paper paper = new Paper();

  private static final List<String> HEADINGS = List.of("AOR", "Key identifier");
  private static final List<List<String>> ROWS =
      List.of(List.of("1001@localhost", "kaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));

  @Test
  public void aTableFitsItsTerminal() {
    paper.terminal(32).table(HEADINGS, ROWS);
    assertTrue(paper.text().lines().allMatch(line -> line.stripTrailing().length() <= 32));
    assertTrue(paper.text().contains("1001@lo"));
  }

  @Test
  public void inAPipeNothingIsCutOff() {
    paper.pipe().table(HEADINGS, ROWS);
    assertTrue(paper.text().contains("1001@localhost"));
    assertTrue(paper.text().contains("kaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
  }

  @Test
  public void aTableShowsNoControlCharacter() {
    paper.terminal(80).table(List.of("User-Agent"), List.of(List.of("\u001b[2Jx\ny")));
    assertFalse(paper.text().contains("\u001b"));
    assertTrue(paper.text().contains("?[2Jx?y"));
  }

  @Test
  public void coloursAreForTerminalsOnly() {
    paper.pipe().line(Printout.Colour.RED, "FAULT", " store");
    assertEquals("FAULT store", paper.text().strip());
    Paper screen = new Paper();
    screen.terminal(80).line(Printout.Colour.RED, "FAULT", " store");
    assertTrue(screen.text().contains("\u001b["));
  }

  @Test
  public void jsonHidesNothingFromATerminal() {
    paper.pipe().json(List.of(Map.of("userAgent", "\u001b[2J\u009b\u202eé")));
    assertTrue(paper.text().toLowerCase(Locale.ROOT).contains("\\u001b[2j\\u009b\\u202e\\u00e9"));
  }

  @Test
  public void aSecretIsPrintedWhereItIsAsked() {
    paper.pipe().line("code ", Secret.ofText("abc"), ".xml");
    assertEquals("code abc.xml", paper.text().strip());
  }

  @Test
  public void progressIsShownOnATerminalOnly() {
    paper.pipe().progress(1, 2);
    assertEquals("", paper.text());
    paper.terminal(80).progress(1000, 2000);
    assertTrue(paper.text().contains("1000/2000"));
  }
}
