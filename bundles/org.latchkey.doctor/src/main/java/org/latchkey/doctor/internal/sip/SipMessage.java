package org.latchkey.doctor.internal.sip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A SIP request or response (RFC 3261 section 7). Immutable. */
public final class SipMessage {

  private static final String VERSION = "SIP/2.0";

  /** The compact forms of RFC 3261 section 7.3.3 that matter here. */
  private static final Map<String, String> COMPACT =
      Map.of(
          "v",
          "Via",
          "f",
          "From",
          "t",
          "To",
          "i",
          "Call-ID",
          "m",
          "Contact",
          "l",
          "Content-Length");

  private record Header(String name, String value) {}

  private final String startLine;
  private final List<Header> headers;
  private final String body;

  private SipMessage(String startLine, List<Header> headers, String body) {
    this.startLine = startLine;
    this.headers = List.copyOf(headers);
    this.body = body;
  }

  /** A request without headers. */
  public static SipMessage request(String method, String uri) {
    return new SipMessage(method + ' ' + uri + ' ' + VERSION, List.of(), "");
  }

  /** A response without headers. */
  public static SipMessage response(int status, String phrase) {
    return new SipMessage(VERSION + ' ' + status + ' ' + phrase, List.of(), "");
  }

  /** Reads a datagram; empty when it is no SIP message. */
  public static Optional<SipMessage> parse(byte[] data, int length) {
    String text = new String(data, 0, length, StandardCharsets.UTF_8);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return Optional.empty();
    }
    String[] lines = text.substring(0, end).replaceAll("\r\n[ \t]+", " ").split("\r\n", -1);
    List<Header> headers = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon < 1) {
        return Optional.empty();
      }
      String name = lines[i].substring(0, colon).strip();
      String full = COMPACT.getOrDefault(name.toLowerCase(Locale.ROOT), name);
      headers.add(new Header(full, lines[i].substring(colon + 1).strip()));
    }
    boolean request = lines[0].matches("[A-Z]+ \\S+ SIP/2\\.0");
    boolean response = lines[0].matches("SIP/2\\.0 [1-6][0-9]{2}( .*)?");
    return request || response
        ? Optional.of(new SipMessage(lines[0], headers, text.substring(end + 4)))
        : Optional.empty();
  }

  /** This message with one more header. */
  public SipMessage with(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new SipMessage(startLine, more, body);
  }

  /** This message with all headers of a name that another message has, in their order. */
  public SipMessage copying(String name, SipMessage other) {
    SipMessage result = this;
    for (String value : other.all(name)) {
      result = result.with(name, value);
    }
    return result;
  }

  /** This message with a body. */
  public SipMessage withBody(String type, String text) {
    SipMessage typed = with("Content-Type", type);
    return new SipMessage(typed.startLine, typed.headers, text);
  }

  /** Whether it is a request. */
  public boolean isRequest() {
    return !startLine.startsWith(VERSION);
  }

  /** The method of a request. */
  public String method() {
    return startLine.substring(0, startLine.indexOf(' '));
  }

  /** The Request-URI of a request. */
  public String requestUri() {
    return startLine.split(" ", 3)[1];
  }

  /** The status of a response, 100 to 699. */
  public int status() {
    return Integer.parseInt(startLine.split(" ", 3)[1]);
  }

  /** Status and reason phrase of a response. */
  public String statusLine() {
    return startLine.substring(VERSION.length() + 1);
  }

  /** The first value of a header; empty text when there is none. */
  public String first(String name) {
    return all(name).stream().findFirst().orElse("");
  }

  /** All values of a header, one per header field. */
  public List<String> all(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .toList();
  }

  /** The bytes of a datagram. */
  public byte[] toBytes() {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    String fields =
        headers.stream()
            .map(header -> header.name() + ": " + header.value() + "\r\n")
            .collect(Collectors.joining());
    return (startLine + "\r\n" + fields + "Content-Length: " + length + "\r\n\r\n" + body)
        .getBytes(StandardCharsets.UTF_8);
  }
}
