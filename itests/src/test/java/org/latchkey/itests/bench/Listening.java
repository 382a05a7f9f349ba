package org.latchkey.itests.bench;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/** Whether somebody listens at a port of the loopback interface. */
final class Listening {

  private Listening() {}

  static boolean udp(int port) throws IOException {
    try (DatagramSocket tried = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
      return tried.getLocalPort() != port;
    } catch (SocketException e) {
      return true;
    }
  }

  static boolean tcp(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
