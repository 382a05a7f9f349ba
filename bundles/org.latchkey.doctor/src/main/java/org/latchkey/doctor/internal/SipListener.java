package org.latchkey.doctor.internal;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.latchkey.doctor.internal.sip.SipMessage;
import org.latchkey.pbx.PbxControl;

/** Where phones register, seen from outside: does somebody answer, and is it our PBX? */
final class SipListener {

  private static final int DATAGRAM_BYTES = 65_535;
  private static final Duration RESEND = Duration.ofMillis(700);

  private final InetSocketAddress address;
  private final Duration patience;

  /** The listener at an address. */
  SipListener(String host, int port, Duration patience) throws Trouble {
    address = new InetSocketAddress(host, port);
    this.patience = patience;
    if (address.isUnresolved()) {
      throw new Trouble(
          "The registrar's name %s has no address.".formatted(host),
          "Enter it in the DNS that phones ask, or correct etc/org.latchkey.keyagent.cfg.");
    }
  }

  /** The address that phones register at. */
  InetSocketAddress address() {
    return address;
  }

  /** This machine's own address as the listener sees it. */
  InetAddress localAddress() throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(address);
      return socket.getLocalAddress();
    }
  }

  /** Sends OPTIONS until somebody answers, and says who. */
  String check(List<PbxControl> pbxs) throws Trouble, IOException {
    String where = "udp " + address.getHostString() + ':' + address.getPort();
    boolean ours =
        pbxs.stream()
            .flatMap(pbx -> pbx.listeners().stream())
            .anyMatch(one -> one.startsWith("udp") && one.endsWith(":" + address.getPort()));
    Optional<SipMessage> answer;
    try {
      answer = options();
    } catch (PortUnreachableException e) {
      throw new Trouble(
          "Nobody listens on %s.".formatted(where),
          "latchkey:status says whether the PBX has started; another program may have had the port then.");
    }
    if (!pbxs.isEmpty() && !ours) {
      throw new Trouble(
          "Our PBX does not listen on %s, %s."
              .formatted(
                  where,
                  answer.isPresent() ? "another program does" : "and whoever does speaks no SIP"),
          "Find it with ss -lunp, end it and restart the PBX; or give the PBX another port, here and in etc/org.latchkey.keyagent.cfg.");
    }
    return answer
        .map(one -> "%s answers %s.".formatted(where, one.statusLine()))
        .orElseThrow(
            () ->
                new Trouble(
                    "%s does not answer SIP within %d ms.".formatted(where, patience.toMillis()),
                    "Another program may have the port: ss -lunp. Otherwise look for a firewall, and at log:display."));
  }

  private Optional<SipMessage> options() throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(address);
      socket.setSoTimeout((int) RESEND.toMillis());
      byte[] request =
          request(socket.getLocalAddress().getHostAddress(), socket.getLocalPort()).toBytes();
      long end = System.nanoTime() + patience.toNanos();
      Optional<SipMessage> answer = Optional.empty();
      while (answer.isEmpty() && System.nanoTime() < end) {
        socket.send(new DatagramPacket(request, request.length));
        answer = received(socket);
      }
      return answer;
    }
  }

  private static Optional<SipMessage> received(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[DATAGRAM_BYTES], DATAGRAM_BYTES);
    try {
      socket.receive(packet);
      return SipMessage.parse(packet.getData(), packet.getLength())
          .filter(message -> !message.isRequest());
    } catch (SocketTimeoutException e) {
      return Optional.empty();
    }
  }

  private SipMessage request(String host, int port) {
    String self = (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
    String uri = "sip:" + address.getHostString();
    return SipMessage.request("OPTIONS", uri)
        .with("Via", "SIP/2.0/UDP " + self + ";branch=z9hG4bKdoctor" + port + ";rport")
        .with("Max-Forwards", "70")
        .with("From", "<sip:latchkey-doctor@" + address.getHostString() + ">;tag=d" + port)
        .with("To", '<' + uri + '>')
        .with("Call-ID", "doctor-" + port + '-' + System.nanoTime())
        .with("CSeq", "1 OPTIONS");
  }
}
