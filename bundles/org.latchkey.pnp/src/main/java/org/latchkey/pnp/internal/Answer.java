package org.latchkey.pnp.internal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one phone is told: 200 OK, and a NOTIFY with the address of its files. The subscription ends
 * with that (RFC 6665 section 4.2.1), so nothing is remembered of it. Both go to the address that
 * the question came from, whatever its Via and Contact say.
 *
 * @param ok the answer to the question
 * @param notice the NOTIFY with the address
 */
record Answer(Datagram ok, Datagram notice) {

  /**
   * A message on its way.
   *
   * @param text one character for each byte
   * @param to where it goes
   */
  record Datagram(String text, InetSocketAddress to) {
    /** Its bytes. */
    byte[] bytes() {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  /** An answer is at most so many times as long as its question. */
  private static final int MOST_TIMES = 3;

  private static final int SIP_PORT = 5060;
  private static final Pattern SENT_BY_PORT =
      Pattern.compile("(?i)SIP/2\\.0/UDP (?:\\[[^\\]]*\\]|[^:;\\[\\]]*):([0-9]{1,5})(?:[ ]*;.*)?");
  private static final Pattern RPORT = Pattern.compile("(?i);[ ]*rport(?=[ ]*(?:;|$))");
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("sip:(?:[^@]*@)?([0-9.]{7,15})(?::([0-9]{1,5}))?(?:;.*)?");

  /**
   * Makes one.
   *
   * @param source where the question came from
   * @param own where we send from, as the phone sees it
   * @param files the address of its files; it holds no secret
   * @param tag random, for our side of the dialog
   */
  static Answer to(
      Subscribe question, InetSocketAddress source, InetSocketAddress own, URI files, String tag) {
    String here = "<sip:" + own.getAddress().getHostAddress() + ':' + own.getPort() + '>';
    InetSocketAddress contact = contact(question, source);
    return new Answer(
        new Datagram(
            ok(question, source, here, tag),
            new InetSocketAddress(source.getAddress(), viaPort(question.vias().get(0), source))),
        new Datagram(notice(question, contact, own, here, files, tag), contact));
  }

  /** Whether it is short enough that nobody gains by asking with another's address. */
  boolean fits(Subscribe question) {
    return ok.text().length() + notice.text().length() <= MOST_TIMES * question.length();
  }

  private static String ok(Subscribe question, InetSocketAddress source, String here, String tag) {
    StringBuilder text = new StringBuilder("SIP/2.0 200 OK\r\n");
    List<String> vias = question.vias();
    line(text, "Via", received(vias.get(0), source));
    vias.stream().skip(1).forEach(via -> line(text, "Via", via));
    line(text, "From", question.from());
    line(text, "To", question.to() + ";tag=" + tag);
    line(text, "Call-ID", question.callId());
    line(text, "CSeq", question.cseq());
    line(text, "Contact", here);
    line(text, "Expires", "0");
    line(text, "Content-Length", "0");
    return text.append("\r\n").toString();
  }

  private static String notice(
      Subscribe question,
      InetSocketAddress to,
      InetSocketAddress own,
      String here,
      URI files,
      String tag) {
    String uri =
        HOST_AND_PORT.matcher(question.contact()).matches()
            ? question.contact()
            : "sip:" + to.getAddress().getHostAddress() + ':' + to.getPort();
    StringBuilder text = new StringBuilder("NOTIFY " + uri + " SIP/2.0\r\n");
    line(
        text,
        "Via",
        "SIP/2.0/UDP %s:%d;branch=z9hG4bK%s;rport"
            .formatted(own.getAddress().getHostAddress(), own.getPort(), tag));
    line(text, "Max-Forwards", "70");
    line(text, "From", question.to() + ";tag=" + tag);
    line(text, "To", question.from());
    line(text, "Call-ID", question.callId());
    line(text, "CSeq", "1 NOTIFY");
    line(text, "Contact", here);
    line(text, "Event", "ua-profile");
    line(text, "Subscription-State", "terminated;reason=timeout");
    line(text, "Content-Type", "application/url");
    line(text, "Content-Length", Integer.toString(files.toString().length()));
    return text.append("\r\n").append(files).toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(value).append("\r\n");
  }

  /** The Via as an answer has it (RFC 3261 section 18.2.1, RFC 3581 section 4). */
  private static String received(String via, InetSocketAddress source) {
    String filled = RPORT.matcher(via).replaceFirst(";rport=" + source.getPort());
    return filled + ";received=" + source.getAddress().getHostAddress();
  }

  private static int viaPort(String via, InetSocketAddress source) {
    if (RPORT.matcher(via).find()) {
      return source.getPort();
    }
    Matcher port = SENT_BY_PORT.matcher(via);
    return port.matches() ? port(port.group(1), source) : SIP_PORT;
  }

  private static InetSocketAddress contact(Subscribe question, InetSocketAddress source) {
    Matcher contact = HOST_AND_PORT.matcher(question.contact());
    InetAddress address = source.getAddress();
    if (!contact.matches() || !contact.group(1).equals(address.getHostAddress())) {
      return source;
    }
    String port = contact.group(2);
    return new InetSocketAddress(address, port == null ? SIP_PORT : port(port, source));
  }

  private static int port(String text, InetSocketAddress source) {
    int port = Integer.parseInt(text);
    return port < 1 || port > 65535 ? source.getPort() : port;
  }
}
