package org.latchkey.sealing;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.security.SecureRandom;
import java.util.Locale;
import org.junit.Test;
import org.latchkey.sealing.PublicPart.Kind;

/** An administrator carries a node's public key from one console to another. */
public class PublicPartTest {

  private final PublicPart node = NodeKey.random(new SecureRandom()).publicPart();

  @Test
  public void itIsReadHoweverItWasCopied() {
    String text = node.text();
    assertEquals(57, text.length());
    assertEquals(node, PublicPart.parse(Kind.NODE, text));
    String copied = text.substring(0, 20) + "\n  " + text.substring(20).toUpperCase(Locale.ROOT);
    assertEquals(node, PublicPart.parse(Kind.NODE, copied));
  }

  @Test
  public void oneWrongCharacterIsFound() {
    String text = node.text();
    for (int at = 1; at < text.length(); at++) {
      char other = text.charAt(at) == '7' ? '8' : '7';
      String mistyped = text.substring(0, at) + other + text.substring(at + 1);
      String words =
          assertThrows(IllegalArgumentException.class, () -> PublicPart.parse(Kind.NODE, mistyped))
              .getMessage();
      assertTrue(words, words.contains("wrong characters"));
    }
  }

  @Test
  public void anAgentsKeyOrAnyOtherTextIsNoNodesKey() {
    AgentKey agent = AgentKey.random(new SecureRandom());
    for (String text : new String[] {agent.publicPart().text(), "", "pbx1", node.text() + "0"}) {
      assertThrows(IllegalArgumentException.class, () -> PublicPart.parse(Kind.NODE, text));
    }
  }

  @Test
  public void theFingerprintIsOfOneKeyAlone() {
    String fingerprint = node.fingerprint();
    assertTrue(fingerprint, fingerprint.matches("([0-9a-z]{4}-){4}[0-9a-z]{4}"));
    assertTrue(node.hasFingerprint(fingerprint));
    assertTrue(node.hasFingerprint(fingerprint.replace("-", " ").toUpperCase(Locale.ROOT)));
    assertFalse(node.hasFingerprint(""));
    assertFalse(node.hasFingerprint(fingerprint.substring(1)));
    assertNotEquals(
        "of an agent with the same bytes",
        fingerprint,
        new PublicPart(Kind.AGENT, node.bytes()).fingerprint());
  }
}
