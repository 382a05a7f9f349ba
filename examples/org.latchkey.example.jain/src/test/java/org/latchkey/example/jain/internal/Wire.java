package org.latchkey.example.jain.internal;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A phone's UDP socket. */
final class Wire implements AutoCloseable {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final int PATIENCE_MILLIS = 20_000;

  private final DatagramSocket socket;
  private final InetSocketAddress registrar;

  Wire(int port) throws IOException {
    registrar = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  static int freePort() throws IOException {
    try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** A request with the headers that each has; the wire fills in where it is from. */
  static String request(String method, String uri, String to, String more) {
    int number = NUMBER.incrementAndGet();
    return "%1$s %2$s SIP/2.0\r\nVia: SIP/2.0/UDP HERE;branch=z9hG4bK%5$d;rport\r\nMax-Forwards: 70\r\nFrom: <sip:1001@example.org>;tag=t%5$d\r\nTo: %3$s\r\nCall-ID: c%5$d\r\nCSeq: %5$d %1$s\r\n%4$sContent-Length: 0\r\n\r\n"
        .formatted(method, uri, to, more, number);
  }

  int port() {
    return socket.getLocalPort();
  }

  void send(String request) throws IOException {
    byte[] bytes = request.replace("HERE", "127.0.0.1:" + port()).getBytes(StandardCharsets.UTF_8);
    socket.send(new DatagramPacket(bytes, bytes.length, registrar));
  }

  /** Sends a request and gives the next message that comes. */
  String exchange(String request) throws IOException {
    send(request);
    DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
    socket.receive(packet);
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    socket.close();
  }
}
