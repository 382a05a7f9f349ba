package org.latchkey.doctor.internal.sip;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP port that takes part in SIP: keeps the responses for whoever waits for them, and answers
 * calls for one user. A thread of its own reads until the port is closed.
 */
public final class SipPort implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SipPort.class);

  private static final int DATAGRAM_BYTES = 65_535;
  private static final int KEPT_MESSAGES = 64;

  private final DatagramSocket socket;
  private final String user;
  private final BlockingQueue<SipMessage> responses = new LinkedBlockingQueue<>(KEPT_MESSAGES);
  private final BlockingQueue<SipMessage> calls = new LinkedBlockingQueue<>(KEPT_MESSAGES);

  private SipPort(DatagramSocket socket, String user) {
    this.socket = socket;
    this.user = user;
  }

  /**
   * Opens a port.
   *
   * @param port 0 for any that is free
   * @param user the user part of the Request-URI whose calls it answers
   */
  public static SipPort open(InetAddress address, int port, String user) throws IOException {
    SipPort opened = new SipPort(new DatagramSocket(port, address), user);
    Thread reader = new Thread(opened::read, "latchkey-doctor-sip");
    reader.setDaemon(true);
    reader.start();
    return opened;
  }

  /** Where it is, as {@code host:port} in a Via or Contact. */
  public String hostPort() {
    String host = socket.getLocalAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + socket.getLocalPort();
  }

  /** Sends a message. */
  public void send(SipMessage message, InetSocketAddress to) throws IOException {
    byte[] bytes = message.toBytes();
    socket.send(new DatagramPacket(bytes, bytes.length, to));
  }

  /** The next response within a time. */
  public Optional<SipMessage> response(Duration patience) throws InterruptedException {
    return Optional.ofNullable(responses.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** A call that it has answered and that nobody was told of yet. */
  public Optional<SipMessage> answeredCall() {
    return Optional.ofNullable(calls.poll());
  }

  @Override
  public void close() {
    socket.close();
  }

  private void read() {
    byte[] buffer = new byte[DATAGRAM_BYTES];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        Optional<SipMessage> message = SipMessage.parse(packet.getData(), packet.getLength());
        if (message.isPresent()) {
          take(message.get(), (InetSocketAddress) packet.getSocketAddress());
        }
      } catch (IOException | IllegalArgumentException e) {
        if (!socket.isClosed()) {
          LOG.debug("The probe dropped a datagram: {}", e.toString());
        }
      }
    }
  }

  private void take(SipMessage message, InetSocketAddress from) throws IOException {
    if (!message.isRequest()) {
      responses.offer(message);
    } else if (message.method().equals("INVITE")) {
      answerCall(message, from);
    } else if (!message.method().equals("ACK")) {
      boolean known = message.method().equals("BYE") || message.method().equals("CANCEL");
      send(known ? answer(message, 200, "OK") : answer(message, 405, "Method Not Allowed"), from);
    }
  }

  private void answerCall(SipMessage invite, InetSocketAddress from) throws IOException {
    if (!invite.requestUri().matches("(?i)sips?:\\Q" + user + "\\E[@;].*")) {
      send(answer(invite, 404, "Not Found"), from);
      return;
    }
    SipMessage ok =
        answer(invite, 200, "OK")
            .copying("Record-Route", invite)
            .with("Contact", "<sip:" + user + '@' + hostPort() + '>')
            .withBody("application/sdp", Sdp.TEXT);
    send(ok, from);
    calls.offer(invite);
  }

  /** A response as RFC 3261 section 8.2.6 has it; the same tag for the same call. */
  private static SipMessage answer(SipMessage request, int status, String phrase) {
    String to = request.first("To");
    String tag = Integer.toHexString(request.first("Call-ID").hashCode());
    return SipMessage.response(status, phrase)
        .copying("Via", request)
        .copying("From", request)
        .with("To", to.contains("tag=") ? to : to + ";tag=" + tag)
        .copying("Call-ID", request)
        .copying("CSeq", request);
  }
}
