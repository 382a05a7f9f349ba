package org.latchkey.pbx.reference.internal.transport;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.pbx.reference.internal.message.SipMessage;

/**
 * The way between the PBX and one peer: a connection, or the pair of addresses of datagrams. A
 * phone is only ever reached on the flow it came by, whatever its Contact, Via or Route say (RFC
 * 5626 section 4.3).
 *
 * <p>Two flows are equal when they lead to the same peer by the same socket. Thread-safe.
 */
public abstract sealed class Flow permits DatagramFlow, StreamFlow {

  /** UDP, TCP or TLS. */
  public abstract Transport transport();

  /** What its listener challenges with. */
  public abstract DigestAlgorithm algorithm();

  /** The peer's address. */
  public abstract InetSocketAddress remote();

  /** Our address, as the peer reaches it. */
  public abstract InetSocketAddress local();

  /** Sends a message, or drops it when the peer is gone. */
  public abstract void send(SipMessage message);

  /** Whether a message can still be sent. */
  public abstract boolean isOpen();

  /** Keeps an idle connection for longer than a stranger's. */
  public abstract void keepUntil(Instant instant);

  /**
   * Watches whether any message comes from now on.
   *
   * @return to be run when an answer was due and did not come: it closes a connection that we
   *     opened if nothing came on it, since its other end is gone then
   */
  public abstract Runnable watch();

  /** Our address as {@code host:port}, IPv6 in brackets. */
  public final String localHostPort() {
    return hostPort(local());
  }

  /** The peer's address as {@code host:port}. */
  public final String source() {
    return hostPort(remote());
  }

  private static String hostPort(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    int zone = host.indexOf('%');
    String bare = zone < 0 ? host : host.substring(0, zone);
    boolean six = address.getAddress() instanceof Inet6Address;
    return (six ? '[' + bare + ']' : bare) + ':' + address.getPort();
  }
}
