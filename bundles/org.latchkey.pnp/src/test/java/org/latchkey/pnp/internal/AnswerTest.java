package org.latchkey.pnp.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.Test;

/** What a phone is told. */
public class AnswerTest {

  private static final URI FILES = URI.create("https://pbx.example.org:8443/provision/yealink/");
  private static final String GOOD = Questions.of("yealink", Questions.PHONE);

  private static Answer to(String question, InetSocketAddress source) {
    return Answer.to(Questions.read(question), source, Questions.OWN, FILES, "0123456789abcdef");
  }

  @Test
  public void theQuestionIsAcceptedAndTheNotifyHoldsTheAddress() {
    Answer answer = to(GOOD, Questions.PHONE);
    assertEquals(
        String.join(
            "\r\n",
            "SIP/2.0 200 OK",
            "Via: SIP/2.0/UDP 10.1.2.3:5060;branch=z9hG4bK1837;rport=5060;received=10.1.2.3",
            "From: <sip:MAC%3a805ec0000001@224.0.1.75>;tag=13756",
            "To: <sip:MAC%3a805ec0000001@224.0.1.75>;tag=0123456789abcdef",
            "Call-ID: 0_2731@10.1.2.3",
            "CSeq: 1 SUBSCRIBE",
            "Contact: <sip:10.1.2.1:40000>",
            "Expires: 0",
            "Content-Length: 0",
            "",
            ""),
        answer.ok().text());
    String notify = answer.notice().text();
    assertTrue(
        notify, notify.startsWith("NOTIFY sip:MAC%3a805ec0000001@10.1.2.3:5060 SIP/2.0\r\n"));
    assertTrue(notify, notify.contains("\r\nEvent: ua-profile\r\n"));
    assertTrue(notify, notify.contains("\r\nSubscription-State: terminated;reason=timeout\r\n"));
    assertTrue(
        notify, notify.contains("\r\nTo: <sip:MAC%3a805ec0000001@224.0.1.75>;tag=13756\r\n"));
    assertTrue(
        notify,
        notify.endsWith(
            "Content-Type: application/url\r\nContent-Length: "
                + FILES.toString().length()
                + "\r\n\r\n"
                + FILES));
  }

  @Test
  public void noWordOfThePhoneSendsItAnywhereElse() {
    InetSocketAddress source = new InetSocketAddress("10.9.9.9", 6000);
    Answer answer = to(GOOD, source);
    assertEquals(source, answer.ok().to());
    assertEquals(source, answer.notice().to());
    Answer withoutRport = to(GOOD.replace(";rport", ""), source);
    assertEquals(new InetSocketAddress("10.9.9.9", 5060), withoutRport.ok().to());
    assertEquals(
        new InetSocketAddress("10.1.2.3", 7000),
        to(GOOD.replace("@10.1.2.3:5060>", "@10.1.2.3:7000>"), Questions.PHONE).notice().to());
  }

  @Test
  public void portsThatAreNoneAreTheSources() {
    assertEquals(
        Questions.PHONE,
        to(GOOD.replace("@10.1.2.3:5060>", "@10.1.2.3:99999>"), Questions.PHONE).notice().to());
    assertEquals(
        Questions.PHONE,
        to(GOOD.replace(";rport", "").replace("10.1.2.3:5060;", "10.1.2.3:0;"), Questions.PHONE)
            .ok()
            .to());
  }

  @Test
  public void anAnswerIsAtMostThreeTimesAsLongAsItsQuestion() {
    Subscribe question = Questions.read(GOOD);
    int most = 3 * question.length();
    assertTrue(to(GOOD, Questions.PHONE).fits(question));
    assertTrue(ofLength(most).fits(question));
    assertFalse(ofLength(most + 1).fits(question));
  }

  private static Answer ofLength(int length) {
    return new Answer(
        new Answer.Datagram("", Questions.PHONE),
        new Answer.Datagram("x".repeat(length), Questions.PHONE));
  }

  @Test
  public void fieldsThatPadAQuestionDoNotMakeItLonger() {
    String padding = "X-Padding: " + "y".repeat(400) + "\r\n";
    Subscribe padded = Questions.read(GOOD.replace("Accept:", padding.repeat(5) + "Accept:"));
    assertEquals(Questions.read(GOOD).length(), padded.length());
    assertEquals(padded.length(), Questions.read(GOOD + "z".repeat(2000)).length());
    assertTrue(padded.length() < GOOD.length());
  }

  @Test
  public void theAddressIsThatOfThePhonesFamily() {
    Questions.Doors doors = new Questions.Doors();
    var families = Questions.families("yealink", "poly", "snom");
    assertEquals(FILES, FilesAddress.of(doors, false, families, "yealink"));
    assertEquals(
        "https://pbx.example.org:8443/provision/poly/",
        FilesAddress.of(doors, false, families, "polycom").toString());
    assertEquals(
        "https://pbx.example.org:8443/provision/",
        FilesAddress.of(doors, false, families, "../../x?").toString());
    assertEquals(
        "http://pbx.example.org:8080/snom/",
        FilesAddress.of(doors, true, families, "snom").toString());
  }
}
