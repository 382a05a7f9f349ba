package org.latchkey.pbx.reference.internal.transport;

import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;

/** Which of our addresses a peer sees, when a socket listens on all of them. */
final class LocalAddresses {

  private LocalAddresses() {}

  /** The address from which the machine's routes lead to a peer; sends nothing. */
  static InetSocketAddress towards(InetSocketAddress peer, InetSocketAddress bound) {
    try (DatagramSocket probe = new DatagramSocket()) {
      probe.connect(peer);
      return new InetSocketAddress(probe.getLocalAddress(), bound.getPort());
    } catch (SocketException | IllegalArgumentException | UncheckedIOException e) {
      return bound;
    }
  }
}
