package org.latchkey.pbx.reference.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.message.SipParser;

/** Sockets for phones of the tests. */
final class Wires {

  private Wires() {}

  static TestPhone.Wire udp(InetSocketAddress pbx, Consumer<SipMessage> listener)
      throws IOException {
    return udp(pbx, listener, 0);
  }

  /** One that has this port. */
  static TestPhone.Wire udp(InetSocketAddress pbx, Consumer<SipMessage> listener, int port)
      throws IOException {
    DatagramSocket socket = new DatagramSocket(port, InetAddress.getLoopbackAddress());
    read(
        () -> {
          byte[] buffer = new byte[65_535];
          while (true) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            socket.receive(packet);
            SipParser.parse(Arrays.copyOf(buffer, packet.getLength()), 65_535).ifPresent(listener);
          }
        });
    return new TestPhone.Wire() {
      @Override
      public void send(byte[] message) throws IOException {
        socket.send(new DatagramPacket(message, message.length, pbx));
      }

      @Override
      public InetSocketAddress local() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
      }

      @Override
      public String transport() {
        return "UDP";
      }

      @Override
      public void close() {
        socket.close();
      }
    };
  }

  static TestPhone.Wire tcp(InetSocketAddress pbx, Consumer<SipMessage> listener)
      throws IOException {
    return stream(new Socket(pbx.getAddress(), pbx.getPort()), "TCP", listener);
  }

  static TestPhone.Wire stream(Socket socket, String transport, Consumer<SipMessage> listener)
      throws IOException {
    InputStream in = socket.getInputStream();
    read(() -> readStream(in, listener));
    return new TestPhone.Wire() {
      @Override
      public void send(byte[] message) throws IOException {
        socket.getOutputStream().write(message);
        socket.getOutputStream().flush();
      }

      @Override
      public InetSocketAddress local() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
      }

      @Override
      public String transport() {
        return transport;
      }

      @Override
      public void close() throws IOException {
        socket.close();
      }
    };
  }

  private static void readStream(InputStream in, Consumer<SipMessage> listener) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.write(b);
      String text = head.toString(StandardCharsets.ISO_8859_1);
      if (text.endsWith("\r\n\r\n") && text.length() > 4) {
        int length = Integer.parseInt(text.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
        head.write(in.readNBytes(length));
        SipParser.parse(head.toByteArray(), 65_535).ifPresent(listener);
        head.reset();
      }
    }
  }

  private static void read(Reading reading) {
    Thread thread =
        new Thread(
            () -> {
              try {
                reading.run();
              } catch (IOException e) {
                // The test closed the socket.
              }
            },
            "test-phone");
    thread.setDaemon(true);
    thread.start();
  }

  private interface Reading {
    void run() throws IOException;
  }
}
