package org.latchkey.doctor.internal.sip;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.Test;

public final class SipMessageTest {

  @Test
  public void aResponseIsReadWithItsHeadersInOrder() {
    SipMessage message =
        parsed("SIP/2.0 401 Unauthorized\r\nVia: a\r\nv: b\r\nCSeq: 1\r\n REGISTER\r\nl: 0\r\n\r\n")
            .orElseThrow();
    assertEquals(401, message.status());
    assertEquals("401 Unauthorized", message.statusLine());
    assertEquals(List.of("a", "b"), message.all("via"));
    assertEquals("1 REGISTER", message.first("CSeq"));
  }

  @Test
  public void whatIsNoSipIsNoMessage() {
    assertTrue(parsed("\r\n\r\n").isEmpty());
    assertTrue(parsed("HTTP/1.1 200 OK\r\nA: b\r\n\r\n").isEmpty());
    assertTrue(parsed("SIP/2.0 200 OK\r\nno header\r\n\r\n").isEmpty());
    assertTrue(parsed("SIP/2.0 200 OK\r\nA: b\r\n").isEmpty());
    assertTrue(parsed("INVITE sip:a@b\r\nA: b\r\n\r\n").isEmpty());
  }

  @Test
  public void whatIsWrittenIsReadAgain() {
    byte[] bytes =
        SipMessage.request("INVITE", "sip:a@b")
            .with("Via", "x")
            .withBody("text/plain", "ö")
            .toBytes();
    SipMessage message = SipMessage.parse(bytes, bytes.length).orElseThrow();
    assertTrue(message.isRequest());
    assertEquals("INVITE", message.method());
    assertEquals("sip:a@b", message.requestUri());
    assertEquals("2", message.first("Content-Length"));
  }

  private static Optional<SipMessage> parsed(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return SipMessage.parse(bytes, bytes.length);
  }
}
