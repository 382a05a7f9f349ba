package org.latchkey.shell.internal;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public final class PlainTextTest {

  @Test
  public void aUserAgentCanNeitherColourNorClearTheScreen() {
    assertEquals("?[2J?[31mphone??", PlainText.of("\u001b[2J\u009b[31mphone\r\n"));
  }

  @Test
  public void aNameCanNeitherHideNorReverseItsCharacters() {
    assertEquals("1001?2001?a?", PlainText.of("1001\u202e2001\u200ba\u2028"));
    assertEquals("??", PlainText.of("\ud800\ue000"));
  }

  @Test
  public void namesOfAllLanguagesStayAsTheyAre() {
    assertEquals("Äpfel 電話 📞 ok", PlainText.of("Äpfel 電話 📞 ok"));
  }
}
