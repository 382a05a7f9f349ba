package org.latchkey.quarantine.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.Optional;
import org.junit.Test;

public class ReasonPhraseTest {

  @Test
  public void theHelpDesksNumberIsPutIn() {
    assertEquals("Call the help desk on 7000", phrase("Call the help desk on {helpDesk}"));
    assertEquals("7000 / 7000!", phrase("{helpDesk} / {helpDesk}!"));
  }

  @Test
  public void withoutAHelpDeskNobodyIsSentThere() {
    assertEquals("Forbidden", ReasonPhrase.of("Call {helpDesk}", Optional.empty()));
    assertEquals("Ask next door", ReasonPhrase.of("Ask next door", Optional.empty()));
  }

  @Test
  public void nothingInItEndsTheStatusLineOrBeginsAHeader() {
    assertEquals("Call me Contact: sip:evil@x", phrase("Call\r\n me\n\u0000Contact: <sip:evil@x>"));
    assertEquals("a b c d", phrase("a\u2028b\u0085c\u202ed"));
    assertEquals("a b", phrase("  a \"{}[]\\^`|%# b  "));
    assertEquals("Forbidden", phrase(" \r\n\t"));
    assertEquals("Forbidden", phrase("\ud83d"));
  }

  @Test
  public void aPhraseInAnyLanguageIsKept() {
    assertEquals("Bitte Auskunft wählen: 7000", phrase("Bitte Auskunft wählen: {helpDesk}"));
    assertEquals("電話 7000 ☎", phrase("電話 {helpDesk} ☎"));
  }

  @Test
  public void aLongPhraseIsCutAndNeverInTheMiddleOfACharacter() {
    assertEquals(100, phrase("a".repeat(5000)).length());
    String cut = phrase("a" + "😀".repeat(5000));
    assertTrue(cut.length() <= 101);
    assertTrue(Character.isLowSurrogate(cut.charAt(cut.length() - 1)));
  }

  private static String phrase(String template) {
    return ReasonPhrase.of(template, Optional.of("7000"));
  }
}
