package org.latchkey.doctor.internal;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latchkey.doctor.internal.sip.DigestChallenge;
import org.latchkey.doctor.internal.sip.SipMessage;
import org.latchkey.key.Aor;
import org.latchkey.pbx.PbxControl;
import org.latchkey.pbx.Registration;

/** A registrar and proxy on loopback that knows the one probe of a test. */
final class TestPbx implements PbxControl, AutoCloseable {

  private static final String CHALLENGE =
      "Digest realm=\"latchkey\", nonce=\"n1\", algorithm=MD5, qop=\"auth\"";
  private static final Pattern HOST_PORT = Pattern.compile("(127\\.0\\.0\\.1):([0-9]+)");
  private static final Pattern CNONCE = Pattern.compile("cnonce=\"([0-9a-f]+)\"");

  /** Whether it lets everybody register. */
  volatile boolean registersAnybody;

  /** Whether it lets everybody call. */
  volatile boolean admitsAnybody;

  private final DatagramSocket socket;
  private final String keyIdentifier;
  private final byte[] secret;
  private final Predicate<String> refuses;
  private final String testTarget;
  private final Map<String, Registration> bindings = new ConcurrentHashMap<>();
  private final List<String> heard = new ArrayList<>();

  /**
   * Listens.
   *
   * @param refuses whether a key is held or revoked, by {@code held} or {@code revoked}
   */
  TestPbx(String keyIdentifier, String secret, String testTarget, Predicate<String> refuses)
      throws IOException {
    this.keyIdentifier = keyIdentifier;
    this.secret = secret.getBytes(StandardCharsets.US_ASCII);
    this.testTarget = testTarget;
    this.refuses = refuses;
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "test-pbx");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Whom it was asked to call. */
  List<String> dialled() {
    synchronized (heard) {
      return List.copyOf(heard);
    }
  }

  /** Registers a phone as if it had done so itself. */
  void bind(Aor aor, String key, String contact) {
    Instant now = Instant.now();
    bindings.put(
        aor.user(),
        new Registration(aor, contact, key, "UDP", contact, "", now, now.plusSeconds(60)));
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        socket.receive(packet);
        String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
        SipMessage message = SipMessage.parse(packet.getData(), packet.getLength()).orElseThrow();
        if (message.isRequest()) {
          take(message, text, (InetSocketAddress) packet.getSocketAddress());
        } else {
          passBack(message, text);
        }
      } catch (IOException e) {
        // Closed, or a phone went away.
      }
    }
  }

  private void take(SipMessage request, String text, InetSocketAddress from) throws IOException {
    switch (request.method()) {
      case "REGISTER" -> register(request, from);
      case "INVITE" -> invite(request, text, from);
      case "ACK" -> {}
      default -> answer(request, 405, "Method Not Allowed", from);
    }
  }

  private void register(SipMessage request, InetSocketAddress from) throws IOException {
    String user = request.first("To").replaceAll(".*sip:([^@]*)@.*", "$1");
    if (!request.all("Authorization").isEmpty()
        && (registersAnybody || proved(request, "Authorization"))) {
      bind(new Aor(user, "localhost"), keyIdentifier, request.first("Contact"));
      answer(request, 200, "OK", from);
    } else {
      send(response(request, 401, "Unauthorized").with("WWW-Authenticate", CHALLENGE), from);
    }
  }

  private void invite(SipMessage request, String text, InetSocketAddress from) throws IOException {
    String user = request.requestUri().replaceAll("sip:([^@]*)@.*", "$1");
    synchronized (heard) {
      heard.add(user);
    }
    Registration called = bindings.get(user);
    if (user.equals("latchkey-test")) {
      passOn(text, testTarget);
    } else if (!admitsAnybody && !proved(request, "Proxy-Authorization")) {
      send(
          response(request, 407, "Proxy Authentication Required")
              .with("Proxy-Authenticate", CHALLENGE),
          from);
    } else if (!admitsAnybody && (called == null || refuses.test("held"))) {
      answer(request, 403, "Call the help desk", from);
    } else if (called == null) {
      answer(request, 480, "Temporarily Unavailable", from);
    } else {
      passOn(text, called.contact());
    }
  }

  private boolean proved(SipMessage request, String header) {
    String credentials = request.first(header);
    Matcher cnonce = CNONCE.matcher(credentials);
    return cnonce.find()
        && !refuses.test("revoked")
        && DigestChallenge.parse(CHALLENGE)
            .orElseThrow()
            .answer(keyIdentifier, secret, request.method(), request.requestUri(), cnonce.group(1))
            .equals(credentials);
  }

  private void passOn(String text, String target) throws IOException {
    Matcher matcher = HOST_PORT.matcher(target);
    if (matcher.find()) {
      String via = "\r\nVia: SIP/2.0/UDP 127.0.0.1:" + port() + ";branch=z9hG4bKpbx\r\n";
      byte[] bytes = text.replaceFirst("\r\n", via).getBytes(StandardCharsets.UTF_8);
      socket.send(
          new DatagramPacket(
              bytes,
              bytes.length,
              new InetSocketAddress(matcher.group(1), Integer.parseInt(matcher.group(2)))));
    }
  }

  private void passBack(SipMessage response, String text) throws IOException {
    Matcher matcher = HOST_PORT.matcher(response.all("Via").get(1));
    if (matcher.find()) {
      byte[] bytes = text.replaceFirst("Via: [^\r]*\r\n", "").getBytes(StandardCharsets.UTF_8);
      socket.send(
          new DatagramPacket(
              bytes,
              bytes.length,
              new InetSocketAddress(matcher.group(1), Integer.parseInt(matcher.group(2)))));
    }
  }

  private void answer(SipMessage request, int status, String phrase, InetSocketAddress to)
      throws IOException {
    send(response(request, status, phrase), to);
  }

  private static SipMessage response(SipMessage request, int status, String phrase) {
    return SipMessage.response(status, phrase)
        .copying("Via", request)
        .copying("From", request)
        .with("To", request.first("To") + ";tag=pbx")
        .copying("Call-ID", request)
        .copying("CSeq", request);
  }

  private void send(SipMessage message, InetSocketAddress to) throws IOException {
    byte[] bytes = message.toBytes();
    socket.send(new DatagramPacket(bytes, bytes.length, to));
  }

  @Override
  public String name() {
    return "test";
  }

  @Override
  public String realm() {
    return "latchkey";
  }

  @Override
  public List<String> listeners() {
    return List.of("udp 127.0.0.1:" + port());
  }

  @Override
  public List<Registration> registrations() {
    return List.copyOf(bindings.values());
  }

  @Override
  public int drop(String key) {
    bindings.values().removeIf(one -> one.keyIdentifier().equals(key));
    return 1;
  }

  @Override
  public int hangUp(String key) {
    return 0;
  }

  @Override
  public int checkSync(String key, String event) {
    return 0;
  }

  @Override
  public void close() {
    socket.close();
  }
}
