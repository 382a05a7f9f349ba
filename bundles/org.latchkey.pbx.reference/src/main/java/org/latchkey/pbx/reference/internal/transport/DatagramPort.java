package org.latchkey.pbx.reference.internal.transport;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One of our UDP ports. Its socket may be opened anew after a fault; the flows to phones lead
 * through whichever is open, so that nobody has to register again. Thread-safe.
 */
final class DatagramPort {

  private volatile @Nullable Channel last;
  private volatile InetSocketAddress address = new InetSocketAddress(0);

  /** It has this socket from now on, which is bound. */
  void use(Channel bound) {
    address = (InetSocketAddress) bound.localAddress();
    last = bound;
  }

  /** Its socket while one is open. */
  Optional<Channel> socket() {
    return Optional.ofNullable(last).filter(Channel::isOpen);
  }

  /** The address of its last socket; the unspecified one before it had any. */
  InetSocketAddress address() {
    return address;
  }
}
