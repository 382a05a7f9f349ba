package org.latchkey.pbx.reference.internal.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listening socket, opened again and again until its port is free. On the SIP thread. */
final class Listener {

  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final int MAX_DATAGRAM = 65_535;
  private static final int SOCKET_BUFFER = 4 << 20;
  private static final int DATAGRAMS_AT_ONCE = 32;

  private final ListenerSpec spec;
  private final SipThreads threads;
  private final StreamSetup streamSetup;
  private final MessageSink sink;
  private final DatagramPort port = new DatagramPort();
  private volatile @Nullable Channel channel;
  private volatile String problem = "is not open yet";
  private boolean opening;
  private boolean closed;

  Listener(ListenerSpec spec, SipThreads threads, StreamSetup streamSetup, MessageSink sink) {
    this.spec = spec;
    this.threads = threads;
    this.streamSetup = streamSetup;
    this.sink = sink;
  }

  ListenerSpec spec() {
    return spec;
  }

  /** Why it is not open; empty when it is. */
  String problem() {
    Channel now = channel;
    return now != null && now.isOpen() ? "" : problem;
  }

  /** The address it listens on; the one it should listen on while it doesn't. */
  InetSocketAddress address() {
    Channel now = channel;
    boolean open = now != null && now.isOpen() && now.localAddress() != null;
    return open && now != null
        ? (InetSocketAddress) now.localAddress()
        : InetSocketAddress.createUnresolved(spec.bind(), spec.port());
  }

  /** What flows of a UDP listener lead through. */
  DatagramPort port() {
    return port;
  }

  /** Such as {@code udp 127.0.0.1:5060}. */
  @Override
  public String toString() {
    InetSocketAddress address = address();
    String host = address.isUnresolved() ? spec.bind() : address.getAddress().getHostAddress();
    return spec.transport().name().toLowerCase(Locale.ROOT) + ' ' + host + ':' + address.getPort();
  }

  /** Opens the socket if it is not; done when it was tried. */
  CompletableFuture<Void> open() {
    Channel now = channel;
    if (closed || opening || (now != null && now.isOpen())) {
      return CompletableFuture.completedFuture(null);
    }
    opening = true;
    CompletableFuture<Void> tried = new CompletableFuture<>();
    ChannelFuture bound =
        spec.transport() == Transport.UDP
            ? datagrams().bind(spec.bind(), spec.port())
            : streams().bind(spec.bind(), spec.port());
    bound.addListener(done -> threads.sipThread().execute(() -> opened(bound, tried)));
    return tried;
  }

  void close() {
    closed = true;
    Channel now = channel;
    if (now != null) {
      Channels.close(now);
    }
  }

  private void opened(ChannelFuture bound, CompletableFuture<Void> tried) {
    opening = false;
    Throwable cause = bound.cause();
    if (cause != null) {
      String words = "can't listen: " + cause.getMessage();
      if (!words.equals(problem)) {
        LOG.warn("SIP {} {}; trying again every few seconds", this, words);
      }
      problem = words;
    } else {
      channel = bound.channel();
      problem = "is closed";
      if (closed) {
        Channels.close(bound.channel());
      }
    }
    tried.complete(null);
  }

  private Bootstrap datagrams() {
    return new Bootstrap()
        .group(threads.sip())
        .channel(NioDatagramChannel.class)
        .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
        .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER)
        .option(
            ChannelOption.RECVBUF_ALLOCATOR,
            new FixedRecvByteBufAllocator(MAX_DATAGRAM).maxMessagesPerRead(DATAGRAMS_AT_ONCE))
        .handler(
            new ChannelInitializer<DatagramChannel>() {
              @Override
              protected void initChannel(DatagramChannel datagram) {
                datagram.pipeline().addLast(new DatagramReader(port, spec.algorithm(), sink));
              }
            });
  }

  private ServerBootstrap streams() {
    return new ServerBootstrap()
        .group(threads.streams())
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childHandler(streamSetup);
  }
}
