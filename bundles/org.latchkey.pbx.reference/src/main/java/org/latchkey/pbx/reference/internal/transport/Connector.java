package org.latchkey.pbx.reference.internal.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.latchkey.key.DigestAlgorithm;

/**
 * Opens connections to trunks; never to an address that a phone named. A connection on which
 * nothing came for a while may be dead without our knowing: what TCP sends into it is lost. It is
 * not used again while another one can be opened. On the SIP thread.
 */
public final class Connector {

  private static final int CONNECT_MILLIS = 4_000;
  private static final Duration SURELY_ALIVE = Duration.ofSeconds(30);

  /** As long as the longest call may last, which may be silent. */
  private static final Duration KEPT = Duration.ofHours(24);

  private final SipThreads threads;
  private final MessageSink sink;
  private final InstantSource clock;
  private final Strangers strangers;
  private final Map<String, StreamFlow> open = new HashMap<>();

  /** What comes back on the connections goes to {@code sink}. */
  public Connector(SipThreads threads, MessageSink sink, InstantSource clock) {
    this.threads = threads;
    this.sink = sink;
    this.clock = clock;
    this.strangers = new Strangers(clock, to -> true);
  }

  /**
   * Finds a connection that is alive, or opens one; when that fails, any that is open will do.
   *
   * @param host the name that a TLS peer must prove, to the JDK's trusted authorities
   * @param then told the connection, or nothing when it can't be opened
   */
  public void connect(
      Transport transport, InetSocketAddress to, String host, Consumer<Optional<Flow>> then) {
    String key = transport + " " + to;
    StreamFlow known = open.get(key);
    if (known != null && known.isOpen() && isSurelyAlive(known)) {
      then.accept(kept(known));
      return;
    }
    ChannelFuture connected =
        new Bootstrap()
            .group(threads.streams())
            .channel(NioSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .handler(new Setup(transport, host, to))
            .connect(to);
    connected.addListener(
        done ->
            whenProved(
                connected,
                proved ->
                    threads
                        .sipThread()
                        .execute(() -> then.accept(connected(key, connected, proved)))));
  }

  /** A TLS connection may still fail when TCP stands: nothing is given up for it before. */
  private static void whenProved(ChannelFuture connected, Consumer<Boolean> then) {
    SslHandler tls =
        connected.isSuccess() ? connected.channel().pipeline().get(SslHandler.class) : null;
    if (tls == null) {
      then.accept(connected.isSuccess());
    } else {
      tls.handshakeFuture().addListener(shaken -> then.accept(shaken.isSuccess()));
    }
  }

  private boolean isSurelyAlive(StreamFlow flow) {
    return clock.instant().isBefore(flow.heardAt().plus(SURELY_ALIVE));
  }

  private Optional<Flow> connected(String key, ChannelFuture connected, boolean proved) {
    open.values().removeIf(old -> !old.isOpen());
    StreamReader reader = proved ? connected.channel().pipeline().get(StreamReader.class) : null;
    if (reader != null) {
      open.put(key, reader.flow());
    }
    return Optional.ofNullable(open.get(key)).flatMap(this::kept);
  }

  private Optional<Flow> kept(StreamFlow flow) {
    flow.keepUntil(clock.instant().plus(KEPT));
    return Optional.of(flow);
  }

  private final class Setup extends ChannelInitializer<SocketChannel> {
    private final Transport transport;
    private final String host;
    private final InetSocketAddress to;

    Setup(Transport transport, String host, InetSocketAddress to) {
      this.transport = transport;
      this.host = host;
      this.to = to;
    }

    @Override
    protected void initChannel(SocketChannel channel) throws SSLException {
      if (transport == Transport.TLS) {
        SslContext tls =
            SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .endpointIdentificationAlgorithm("HTTPS")
                .build();
        SslHandler handler = tls.newHandler(channel.alloc(), host, to.getPort());
        handler.setHandshakeTimeoutMillis(CONNECT_MILLIS);
        channel.pipeline().addLast(handler);
      }
      StreamFlow flow =
          new StreamFlow(channel, transport, DigestAlgorithm.MD5, to, () -> channel.localAddress());
      flow.opened(clock.instant());
      flow.keepUntil(clock.instant().plus(KEPT));
      StreamSetup.addSip(channel, flow, sink, threads.sipThread(), strangers);
    }
  }
}
