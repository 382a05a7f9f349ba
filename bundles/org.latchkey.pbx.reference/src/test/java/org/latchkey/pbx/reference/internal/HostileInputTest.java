package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.pbx.reference.internal.message.SipMessage;

/** What RFC 4475 and the history of other SIP servers teach to send. */
public class HostileInputTest {

  private final PbxRig rig = new PbxRig();
  private final BlockingQueue<LogRecord> log = new LinkedBlockingQueue<>();
  private final Handler watch =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          log.add(entry);
        }

        @Override
        public void flush() {
          // Nothing is kept back.
        }

        @Override
        public void close() {
          // Nothing is held.
        }
      };

  @Before
  public void watchTheLog() {
    Logger.getLogger("").addHandler(watch);
  }

  @After
  public void noExceptionWasLogged() {
    Logger.getLogger("").removeHandler(watch);
    rig.close();
    assertTrue(
        log.stream()
            .noneMatch(
                entry ->
                    entry.getThrown() != null
                        || entry.getMessage().contains("could not be handled")
                        || Arrays.toString(entry.getParameters()).contains("Exception")));
  }

  @Test
  public void whatHasTwoMeaningsIsRefused() throws IOException {
    try (TestPhone phone = TestPhone.udp("1001", rig)) {
      for (String doubtful :
          new String[] {
            "CSeq: 2 REGISTER",
            "Call-ID: other",
            "i: other",
            "f: <sip:1002@example.org>;tag=b",
            "To: <sip:1002@example.org>",
            "Content-Length: 5",
            "l: 99999999999",
            "Content-Length: -5",
            "Expires: 5",
            "Authorization\u0001: Digest x",
            ": no name",
            "no colon",
            "Max-Forwards: many",
            "X: a\u0000b",
            "X: a\rb"
          }) {
        String register = text(phone.register(600).build());
        phone.send(
            register
                .replaceFirst("\r\n", "\r\n" + doubtful + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(doubtful, 400, phone.next().status());
      }
    }
  }

  @Test
  public void compactFoldedAndSpacedHeadersAreUnderstood() throws IOException {
    try (TestPhone phone = TestPhone.udp("1001", rig)) {
      String register =
          text(phone.register(600).build())
              .replace("Via: ", "v : ")
              .replace("From: ", "f:")
              .replace("Call-ID: ", "i:\t")
              .replace("CSeq: 1 ", "cseq:\r\n  1\t ")
              .replace("To: ", "t: \"a, \\\" <sip:x@y>;tag=1\" ");
      phone.send(register.getBytes(StandardCharsets.ISO_8859_1));
      assertEquals(401, phone.next().status());
    }
  }

  @Test
  public void tooMuchOfAnythingIsRefused() throws IOException {
    try (TestPhone phone = TestPhone.udp("1001", rig)) {
      String long64k = "x".repeat(50_000);
      phone.send(phone.register(600).set("CSeq", "1 " + long64k).build());
      assertEquals(400, phone.next().status());
      phone.send(phone.register(600).set("From", "<sip:a@b>;tag=" + long64k).build());
      assertEquals(400, phone.next().status());
      phone.send(phone.register(600).set("CSeq", "99999999999 REGISTER").build());
      assertEquals(400, phone.next().status());
      SipMessage.Editor many = phone.register(600);
      for (int i = 0; i < 1_000; i++) {
        many.add("Contact", "<sip:a@b>");
      }
      phone.send(many.build());
      assertEquals(400, phone.next().status());
      phone.send(phone.register(600).set("CSeq", "1 INVITE").build());
      assertEquals(400, phone.next().status());
    }
  }

  @Test
  public void anotherVersionAnotherMethodAndAnUnknownCallAreAnsweredSo() throws IOException {
    try (TestPhone phone = TestPhone.udp("1001", rig)) {
      String register = text(phone.register(600).build());
      phone.send(register.replaceFirst("SIP/2.0\r", "SIP/7.0\r").getBytes(StandardCharsets.UTF_8));
      assertEquals(505, phone.next().status());
      for (String method :
          new String[] {
            "OPTIONS", "MESSAGE", "SUBSCRIBE", "NOTIFY", "PUBLISH", "REFER", "NEWONE"
          }) {
        phone.send(phone.request(method, "sip:1002@example.org", "sip:1002@example.org").build());
        SipMessage answer = phone.next();
        assertEquals(method, 405, answer.status());
        assertTrue(answer.header("Allow").isPresent());
      }
      SipMessage.Editor bye = phone.request("BYE", "sip:x@y", "sip:1002@example.org");
      phone.send(bye.set("To", "<sip:1002@example.org>;tag=z").build());
      assertEquals(481, phone.next().status());
      phone.send(phone.invite("sip:112@example.org").set("Max-Forwards", "0").build());
      assertEquals(483, phone.next().status());
    }
  }

  @Test
  public void anOptionsFromARegisteredConnectionIsAnswered() throws IOException {
    try (TestPhone phone = TestPhone.tcp("1001", rig).registered()) {
      phone.send(phone.request("OPTIONS", "sip:example.org", "sip:example.org").build());
      assertEquals(200, phone.next().status());
    }
  }

  @Test
  public void anyBytesAtAllLeaveThePbxStanding() throws IOException {
    Random random = new Random(4475);
    try (TestPhone phone = TestPhone.udp("1001", rig)) {
      byte[] good = phone.invite("sip:112@example.org").build().bytes();
      for (int i = 0; i < 3_000; i++) {
        byte[] bad = good.clone();
        for (int k = 0; k < 1 + random.nextInt(8); k++) {
          bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
        }
        phone.send(i % 3 == 0 ? Arrays.copyOf(bad, random.nextInt(bad.length)) : bad);
      }
      phone.inbox.clear();
    }
    try (TestPhone phone = TestPhone.udp("1002", rig)) {
      assertEquals(200, phone.proved(phone.register(600).build()).status());
    }
  }

  @Test
  public void messagesInAStreamAreFoundHoweverTheyAreCut() throws IOException {
    try (TestPhone phone = TestPhone.tcp("1001", rig)) {
      byte[] register = phone.register(600).build().bytes();
      for (byte one : register) {
        phone.send(new byte[] {one});
      }
      assertEquals(401, phone.next().status());
      String three = new String(register, StandardCharsets.ISO_8859_1).repeat(3);
      phone.send(("\r\n\r\n" + three).getBytes(StandardCharsets.ISO_8859_1));
      for (int i = 0; i < 3; i++) {
        assertEquals(401, phone.next().status());
      }
    }
  }

  private static String text(SipMessage message) {
    return new String(message.bytes(), StandardCharsets.ISO_8859_1);
  }
}
