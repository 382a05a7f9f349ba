package org.latchkey.pbx.reference.internal.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.pbx.reference.internal.message.SipMessage;

/** Datagrams between one of our ports and one address of a peer. */
public final class DatagramFlow extends Flow {

  private final DatagramPort port;
  private final InetSocketAddress remote;
  private final DigestAlgorithm algorithm;

  DatagramFlow(DatagramPort port, InetSocketAddress remote, DigestAlgorithm algorithm) {
    this.port = port;
    this.remote = remote;
    this.algorithm = algorithm;
  }

  @Override
  public Transport transport() {
    return Transport.UDP;
  }

  @Override
  public DigestAlgorithm algorithm() {
    return algorithm;
  }

  @Override
  public InetSocketAddress remote() {
    return remote;
  }

  @Override
  public InetSocketAddress local() {
    InetSocketAddress bound = port.address();
    return bound.getAddress().isAnyLocalAddress() ? LocalAddresses.towards(remote, bound) : bound;
  }

  @Override
  public void send(SipMessage message) {
    port.socket()
        .ifPresent(
            socket ->
                Channels.write(
                    socket, new DatagramPacket(Unpooled.wrappedBuffer(message.bytes()), remote)));
  }

  @Override
  public boolean isOpen() {
    return port.socket().isPresent();
  }

  @Override
  public void keepUntil(Instant instant) {
    // A datagram socket is never idle.
  }

  @Override
  public Runnable watch() {
    return () -> {};
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DatagramFlow flow && flow.remote.equals(remote) && flow.port == port;
  }

  @Override
  public int hashCode() {
    return remote.hashCode();
  }
}
