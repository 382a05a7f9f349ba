package org.latchkey.pnp.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.Test;

/** What is read as a phone's question, and what is not. */
public class SubscribeTest {

  private static final String GOOD = Questions.of("yealink", Questions.PHONE);

  private static Optional<Subscribe> read(String text) {
    return Subscribe.of(Questions.bytes(text));
  }

  @Test
  public void aPhonesQuestionSaysWhoMadeIt() {
    Subscribe question = Questions.read(GOOD);
    assertEquals("yealink", question.vendor());
    assertEquals("T54W", question.model());
    assertEquals("sip:MAC%3a805ec0000001@10.1.2.3:5060", question.contact());
    assertEquals("<sip:MAC%3a805ec0000001@224.0.1.75>;tag=13756", question.from());
  }

  @Test
  public void shortNamesAndBareParametersAreReadToo() {
    Subscribe question =
        Questions.read(
            GOOD.replace("Via:", "v:")
                .replace("From:", "f :")
                .replace("To:", "t:")
                .replace("Call-ID:", "i:")
                .replace("Contact:", "m:")
                .replaceAll("Event: .*\r\n", "o: UA-Profile ; vendor=Snom; model=snomD785\r\n"));
    assertEquals("snom", question.vendor());
    assertEquals("snomD785", question.model());
  }

  @Test
  public void whatIsNoSuchQuestionIsNotAnswered() {
    for (String bad :
        List.of(
            "",
            "\r\n\r\n",
            GOOD.replace("SUBSCRIBE sip", "REGISTER sip"),
            GOOD.replace(" SIP/2.0\r\nVia", " SIP/3.0\r\nVia"),
            GOOD.replace("ua-profile", "presence"),
            GOOD.replace("ua-profile", "ua-profiles"),
            GOOD.replaceAll("Event: .*\r\n", ""),
            GOOD.replaceAll("(Event: .*\r\n)", "$1$1"),
            GOOD.replaceAll("(From: .*\r\n)", "$1$1"),
            GOOD.replaceAll("(Call-ID: .*\r\n)", ""),
            GOOD.replaceAll("Via: .*\r\n", ""),
            GOOD.replaceAll("(Via: .*\r\n)", "$1$1$1$1$1"),
            GOOD.replace("SIP/2.0/UDP", "SIP/2.0/TCP"),
            GOOD.replace(";tag=13756", ""),
            GOOD.replace("75>\r\nCall", "75>;tag=x\r\nCall"),
            GOOD.replace("1 SUBSCRIBE", "1 NOTIFY"),
            GOOD.replace("\r\n", "\n"),
            GOOD.replace("From: ", "From: \n"),
            GOOD.replace("From: ", "From: \u0000"),
            GOOD.replace("Max-Forwards: 70", " folded"),
            GOOD.replace("Max-Forwards: 70", "X: " + "y".repeat(600)),
            GOOD.replace("Max-Forwards: 70", "X: y\r\n".repeat(64) + "X: y"),
            GOOD.substring(0, GOOD.length() - 2))) {
      assertEquals(bad, Optional.empty(), read(bad));
    }
    assertEquals(Optional.empty(), read(GOOD + "x".repeat(Subscribe.MOST_BYTES)));
  }

  @Test
  public void aContactThatCannotBeReadIsNone() {
    assertEquals("", Questions.read(GOOD.replaceAll("Contact: .*\r\n", "")).contact());
    assertEquals("", Questions.read(GOOD.replace("Contact: <sip", "Contact: <tel")).contact());
  }

  @Test
  public void whateverIsSentItEndsAndAnAnswerIsWellFormedAndShort() {
    Random random = new Random(75);
    int read = 0;
    for (int i = 0; i < Integer.getInteger("latchkey.fuzz", 20_000); i++) {
      byte[] bytes = Questions.bytes(GOOD);
      for (int change = random.nextInt(4); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Optional<Subscribe> question = Subscribe.of(bytes);
      if (question.isPresent()) {
        read++;
        Answer answer =
            Answer.to(
                question.get(),
                Questions.PHONE,
                Questions.OWN,
                URI.create("https://pbx.example.org:8443/provision/"),
                "0123456789abcdef");
        assertTrue(answer.fits(question.get()));
        assertTrue(question.get().length() <= bytes.length);
        assertEquals(Questions.PHONE.getAddress(), answer.ok().to().getAddress());
        assertEquals(Questions.PHONE.getAddress(), answer.notice().to().getAddress());
        assertOneMessage(answer.ok().text());
        assertOneMessage(answer.notice().text());
      }
    }
    assertTrue("mutants that are still questions", read > 100);
  }

  /** Nothing that came breaks out of its line. */
  private static void assertOneMessage(String text) {
    String head = text.substring(0, text.indexOf("\r\n\r\n"));
    for (String line : head.split("\r\n", -1)) {
      assertTrue(line, line.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f)));
    }
    assertTrue(head, head.split("\r\n", -1).length <= 13);
  }
}
