package org.latchkey.authenticator.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.util.List;
import org.junit.Test;

/** The grammar of RFC 3261 section 25.1, to the letter. */
public class DigestParserTest {

  private static String value(String header, Parameter parameter) {
    DigestCredentials credentials = DigestParser.parse(header);
    assertNotNull(header, credentials);
    return credentials.text(parameter);
  }

  @Test
  public void namesAndSchemeAreComparedWithoutCase() {
    assertEquals("x", value("dIGEST ReALM=\"x\"", Parameter.REALM));
  }

  @Test
  public void whiteSpaceAndFoldedLinesMayStandBetweenTheParts() {
    assertEquals(
        "x", value(" Digest\t realm \t=\r\n  \"x\" ,\r\n\tnc = 00000001 ", Parameter.REALM));
    assertEquals("00000001", value(" Digest\t realm=\"x\" ,\r\n\tnc = 00000001 ", Parameter.NC));
  }

  @Test
  public void quotedStringsMayHoldCommasEscapesAndTextBeyondAscii() {
    assertEquals("a, nc=1", value("Digest cnonce=\"a, nc=1\"", Parameter.CNONCE));
    assertEquals("a\\\"b", value("Digest cnonce=\"a\\\"b\"", Parameter.CNONCE));
    assertEquals("é漢", value("Digest cnonce=\"é漢\"", Parameter.CNONCE));
  }

  @Test
  public void quotedStringsHoldNoControlsButTheTabulatorAndNoBareMarks() {
    for (char c = 0; c < 0x100; c++) {
      boolean plain = c == '\t' || (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f);
      for (String before : List.of("", "a", "abcdefgh")) {
        String header = "Digest cnonce=\"" + before + c + "z\", nc=00000001";
        DigestCredentials credentials = DigestParser.parse(header);
        // The backslash escapes what follows it, and ends nothing.
        assertEquals(header, plain || c == '\\', credentials != null);
        if (credentials != null) {
          assertEquals(before + c + "z", credentials.text(Parameter.CNONCE));
        }
      }
    }
  }

  @Test
  public void aQuotationMarkThatIsEscapedDoesNotEndTheString() {
    assertNull(DigestParser.parse("Digest cnonce=\"a\\\""));
    assertNull(DigestParser.parse("Digest cnonce=\"a\\"));
    assertEquals("a\\\\", value("Digest cnonce=\"a\\\\\"", Parameter.CNONCE));
    assertEquals("\\\"\\\"", value("Digest cnonce=\"\\\"\\\"\"", Parameter.CNONCE));
  }

  @Test
  public void aRealmIsComparedWithItsEscapesResolved() {
    DigestCredentials credentials = DigestParser.parse("Digest realm=\"la\\tch\"");
    assertTrue(credentials.means(Parameter.REALM, Office.utf8("latch")));
    assertFalse(credentials.means(Parameter.REALM, Office.utf8("la\\tch")));
    assertFalse(credentials.means(Parameter.REALM, Office.utf8("latc")));
    assertFalse(credentials.means(Parameter.REALM, Office.utf8("latchk")));
  }

  @Test
  public void unknownParametersAreIgnored() {
    assertEquals(
        "x", value("Digest foo=bar, opaque=\"o\", realm=\"x\", userhash=false", Parameter.REALM));
  }

  @Test
  public void whatIsNotThereIsEmpty() {
    DigestCredentials credentials = DigestParser.parse("Digest realm=\"x\"");
    assertFalse(credentials.has(Parameter.NONCE));
    assertEquals("", credentials.text(Parameter.NONCE));
    assertEquals(0, credentials.bytes(Parameter.NONCE).length);
  }

  @Test
  public void anythingElseIsNoDigest() {
    for (String header :
        List.of(
            "Digest",
            "Digest ",
            "Digest=\"x\"",
            "Digest \"x\"",
            "Digest realm",
            "Digest realm=",
            "Digest realm=\"",
            "Digest realm=\"x",
            "Digest realm=\"x\" nonce=\"y\"",
            "Digest realm=\"x\";",
            "Digest realm=\"x\",",
            "Digest ,realm=\"x\"",
            "Digest realm=x",
            "Digest re alm=\"x\"",
            "Digest realm=\"x\"\r\n",
            "Digest realm=\"x\"\r\nnc=1",
            "Digest é=\"x\"",
            "Digest algorithm=é",
            "Digest qop=\u007f",
            "Digest cnonce=\"\u007f\"",
            "Digest cnonce=\"\\\u0001\"",
            "Digest cnonce=\"\\é\"")) {
      assertNull(header, DigestParser.parse(header));
    }
  }
}
