package org.latchkey.pbx.reference.internal.message;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.Test;

public class SipMessageTest {

  @Test
  public void whatIsForwardedEqualsWhatCameIn() {
    byte[] bytes =
        "INVITE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKx\r\nX-Ünknown: ü, \"ß\"\r\n"
            .concat("Content-Length: 4\r\n\r\n\u0001\u00ff\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    SipMessage message = SipParser.parse(bytes, 1_000).orElseThrow();
    assertEquals("a name is a token", "a header field has no name", message.fault());
    byte[] good =
        new String(bytes, StandardCharsets.ISO_8859_1)
            .replace("Ü", "U")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertArrayEquals(good, SipParser.parse(good, 1_000).orElseThrow().bytes());
  }

  @Test
  public void aFieldIsFoldedSoOftenAndNoMore() {
    String start = "INVITE sip:a@b SIP/2.0\r\nSubject: a";
    assertEquals(
        "a" + " b".repeat(SipParser.MAX_FOLDS),
        parsed(start + "\r\n\t b ".repeat(SipParser.MAX_FOLDS), 1_000)
            .header("Subject")
            .orElseThrow());
    assertEquals(
        "a header field is folded too often",
        parsed(start + "\r\n b".repeat(SipParser.MAX_FOLDS + 1), 1_000).fault());
    assertEquals(
        "what is beyond is not even read",
        Optional.empty(),
        parsed(start + "\r\n b".repeat(16_000) + "\r\nVia: x", 65_535).header("Via"));
  }

  @Test
  public void aReasonPhraseIsOneLineWhateverEndsLinesElsewhere() {
    for (String control : List.of("\n", "\r", "\u0000", "\u007f")) {
      String line = "SIP/2.0 200 OK" + control + "Contact: <sip:a@b>";
      assertEquals(Optional.empty(), SipParser.parse(bytes(line + "\r\n\r\n"), 1_000));
    }
    String good = "Sch\u00c3\u00b6n,\tja";
    assertEquals(
        good, SipParser.parse(bytes("SIP/2.0 200 " + good + "\r\n\r\n"), 99).get().reason());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  public void aHeaderIsOnlySoLong() {
    String head = "INVITE sip:a@b SIP/2.0\r\nSubject: abc";
    assertEquals("", parsed(head, head.length()).fault());
    assertEquals("the header is too long", parsed(head, head.length() - 1).fault());
  }

  private static SipMessage parsed(String head, int mostHead) {
    byte[] bytes = (head + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    return SipParser.parse(bytes, mostHead).orElseThrow();
  }

  @Test
  public void twoSetsOfCredentialsStayTwo() {
    SipMessage message =
        SipMessage.request("REGISTER", "sip:a")
            .add("Authorization", "Digest username=\"a\", realm=\"x, y\"")
            .add("authorization", "Digest username=\"b\"")
            .build();
    assertEquals(2, message.headers("Authorization").size());
    assertEquals("Digest username=\"a\", realm=\"x, y\"", message.headers("Authorization").get(0));
  }

  @Test
  public void listsAreSplitOutsideQuotesAndBrackets() {
    SipMessage message =
        SipMessage.response(200, "OK")
            .add("Contact", "\"a, \\\", b\" <sip:x@y?h=1,2>;expires=5, <sip:z@y>")
            .add("m", "unrelated")
            .build();
    assertEquals(
        List.of("\"a, \\\", b\" <sip:x@y?h=1,2>;expires=5", "<sip:z@y>"),
        message.values("Contact"));
  }

  @Test
  public void addressesAreReadWithAndWithoutBrackets() {
    NameAddr named = NameAddr.of("\"A <sip:evil@e>\" <sip:a@b;p=1>;tag=t").orElseThrow();
    assertEquals("sip:a@b;p=1", named.uri());
    assertEquals("t", named.parameter("tag"));
    NameAddr bare = NameAddr.of("sip:a@b;tag=t").orElseThrow();
    assertEquals("sip:a@b", bare.uri());
    assertEquals("t", bare.parameter("tag"));
    for (String bad : List.of("", "<sip:a@b", "<sip:a b>", "<<>>", "a", "<sip:a@b> x")) {
      assertEquals(bad, Optional.empty(), NameAddr.of(bad));
    }
  }

  @Test
  public void aViaWithSpacesIsReadAndStamped() {
    Via via = Via.of("SIP / 2.0 / UDP first.example.com: 4000;ttl=16 ;branch=z9hG4bK1;rport").get();
    assertEquals("first.example.com:4000", via.sentBy());
    String stamped = via.receivedFrom(new InetSocketAddress("192.0.2.1", 99)).text();
    assertEquals(
        "SIP/2.0/UDP first.example.com:4000;ttl=16;branch=z9hG4bK1;rport=99;received=192.0.2.1",
        stamped);
    assertFalse(Via.of("SIP/3.0/UDP x").isPresent());
  }

  @Test
  public void urisAreReadAsFarAsRoutingNeedsThem() {
    SipUri uri = SipUri.of("sips:u;x=1:p@[2001:DB8::1]:5061;transport=tcp;lr?h=v").orElseThrow();
    assertTrue(uri.secure());
    assertEquals("[2001:db8::1]", uri.host());
    assertEquals(5061, uri.port());
    assertEquals("TCP", uri.transport());
    for (String bad : List.of("", "tel:1", "sip:", "sip:a@b:99999", "sip:a@b c", "sip:a@b@c@")) {
      assertEquals(bad, Optional.empty(), SipUri.of(bad));
    }
  }

  @Test
  public void textOfServicesIsWrittenInUtf8AndOnOneLine() {
    String wire = Text.write("Hilfe für\r\nAlle: 7000");
    assertEquals("Hilfe für  Alle: 7000", Text.read(wire));
    assertFalse(wire.contains("\n"));
  }
}
