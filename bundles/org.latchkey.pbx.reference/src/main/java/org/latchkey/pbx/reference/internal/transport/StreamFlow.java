package org.latchkey.pbx.reference.internal.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Supplier;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.pbx.reference.internal.message.SipMessage;

/** One connection, TCP or TLS. A reader too slow for what it asked for loses it. */
public final class StreamFlow extends Flow {

  private static final byte[] PING = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Channel channel;
  private final Transport transport;
  private final DigestAlgorithm algorithm;
  private final InetSocketAddress remote;
  private final Supplier<InetSocketAddress> local;
  private volatile Instant keptUntil = Instant.MIN;
  private volatile Instant heardAt = Instant.MIN;
  private volatile Instant aliveAt = Instant.MIN;
  private volatile boolean opened;

  StreamFlow(
      Channel channel,
      Transport transport,
      DigestAlgorithm algorithm,
      InetSocketAddress remote,
      Supplier<InetSocketAddress> local) {
    this.channel = channel;
    this.transport = transport;
    this.algorithm = algorithm;
    this.remote = remote;
    this.local = local;
  }

  @Override
  public Transport transport() {
    return transport;
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
    return local.get();
  }

  @Override
  public void send(SipMessage message) {
    if (!channel.isWritable() && channel.isActive()) {
      Channels.close(channel);
      return;
    }
    Channels.write(channel, Unpooled.wrappedBuffer(message.bytes()));
  }

  @Override
  public boolean isOpen() {
    return channel.isActive();
  }

  @Override
  public void keepUntil(Instant instant) {
    if (instant.isAfter(keptUntil)) {
      keptUntil = instant;
    }
  }

  @Override
  public Runnable watch() {
    Instant before = heardAt;
    return () -> {
      if (opened && heardAt.equals(before)) {
        close();
      }
    };
  }

  /** We opened it, at this time. */
  void opened(Instant now) {
    opened = true;
    heardAt = now;
    aliveAt = now;
  }

  /** A message came. */
  void heard(Instant now) {
    heardAt = now;
    aliveAt = now;
  }

  /** A keep-alive came: the other end is there, but may answer nothing. */
  void alive(Instant now) {
    aliveAt = now;
  }

  /** When a message or a keep-alive came last, or it was opened. */
  Instant aliveAt() {
    return aliveAt;
  }

  /** Asks the other end whether it is there (RFC 5626 section 4.4.1); it need not answer. */
  void ping() {
    if (channel.isWritable()) {
      Channels.write(channel, Unpooled.wrappedBuffer(PING));
    }
  }

  /** Ends it. */
  void close() {
    Channels.close(channel);
  }

  /** Until when it may be idle although nothing comes. */
  Instant keptUntil() {
    return keptUntil;
  }
}
