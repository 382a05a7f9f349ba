package org.latchkey.pbx.radius.internal;

import java.net.InetAddress;
import java.net.Socket;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The connections that have not shown a certificate yet: few, and few of one address. The oldest
 * makes way, so that who connects and says nothing keeps nobody out. Thread-safe.
 */
final class Handshakes {

  private static final int MOST = 16;
  private static final int MOST_OF_ADDRESS = 4;

  private final Set<Socket> waiting = new LinkedHashSet<>();

  /** Adds one; gives the one that makes way for it, for the caller to close. */
  synchronized Optional<Socket> add(Socket socket) {
    InetAddress address = socket.getInetAddress();
    long ofAddress = waiting.stream().filter(other -> isAt(other, address)).count();
    Optional<Socket> oldest = Optional.empty();
    if (ofAddress >= MOST_OF_ADDRESS) {
      oldest = waiting.stream().filter(other -> isAt(other, address)).findFirst();
    } else if (waiting.size() >= MOST) {
      oldest = waiting.stream().findFirst();
    }
    oldest.ifPresent(waiting::remove);
    waiting.add(socket);
    return oldest;
  }

  private static boolean isAt(Socket socket, InetAddress address) {
    return address.equals(socket.getInetAddress());
  }

  /** Takes one out: it has shown its certificate, or has ended. */
  synchronized void remove(Socket socket) {
    waiting.remove(socket);
  }
}
