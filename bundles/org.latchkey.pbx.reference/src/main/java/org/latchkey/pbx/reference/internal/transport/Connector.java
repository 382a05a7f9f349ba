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
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.latchkey.key.DigestAlgorithm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections to trunks; never to an address that a phone named. A connection on which
 * nothing came for a while may be dead without our knowing: what TCP sends into it is lost. It is
 * not used again while another one can be opened, and ends when no call needs it. On the SIP
 * thread.
 */
public final class Connector {

  private static final Logger LOG = LoggerFactory.getLogger(Connector.class);
  private static final int CONNECT_MILLIS = 4_000;
  private static final Duration SURELY_ALIVE = Duration.ofSeconds(30);

  /** How long a connection is kept for the next call, if its other end answers pings. */
  private static final Duration SPARE = Duration.ofMinutes(10);

  private final SipThreads threads;
  private final MessageSink sink;
  private final InstantSource clock;
  private final SslContextBuilder tls;
  private final Strangers strangers;
  private final Map<String, Trunk> trunks = new HashMap<>();

  /** What comes back on the connections goes to {@code sink}. */
  public Connector(SipThreads threads, MessageSink sink, InstantSource clock) {
    this(threads, sink, clock, SslContextBuilder.forClient());
  }

  /** The same with another idea of whom TLS trusts. */
  Connector(SipThreads threads, MessageSink sink, InstantSource clock, SslContextBuilder tls) {
    this.threads = threads;
    this.sink = sink;
    this.clock = clock;
    this.tls = tls.sslProvider(SslProvider.JDK).endpointIdentificationAlgorithm("HTTPS");
    this.strangers = new Strangers(clock, to -> true);
  }

  /**
   * Finds a connection that is alive, or opens one; when that fails, any that is open will do.
   * Calls that come at once share a new one.
   *
   * @param host the name that a TLS peer must prove, to the JDK's trusted authorities
   * @param then told the connection, or nothing when it can't be opened
   */
  public void connect(
      Transport transport, InetSocketAddress to, String host, Consumer<Optional<Flow>> then) {
    Trunk trunk = trunk(transport, to, host);
    trunk
        .last()
        .filter(this::isSurelyAlive)
        .ifPresentOrElse(alive -> then.accept(Optional.of(alive)), () -> trunk.open(then));
  }

  /** The same when {@code broken} broke before anything came back: any that is open comes first. */
  public void connectBeside(
      Flow broken,
      Transport transport,
      InetSocketAddress to,
      String host,
      Consumer<Optional<Flow>> then) {
    Trunk trunk = trunk(transport, to, host);
    trunk.open.stream()
        .filter(flow -> flow.isOpen() && flow != broken)
        .max(Comparator.comparing(StreamFlow::aliveAt))
        .ifPresentOrElse(other -> then.accept(Optional.of(other)), () -> trunk.open(then));
  }

  /**
   * Ends the connections that are not needed and pings the others, so that nobody on the way
   * forgets them; to be done every few seconds.
   */
  public void look(Supplier<Set<Flow>> needed) {
    trunks.values().removeIf(Trunk::isIdle);
    if (!trunks.isEmpty()) {
      Set<Flow> inUse = needed.get();
      trunks.values().forEach(trunk -> trunk.look(inUse));
    }
  }

  private Trunk trunk(Transport transport, InetSocketAddress to, String host) {
    Trunk trunk =
        trunks.computeIfAbsent(transport + " " + to, key -> new Trunk(transport, to, host));
    trunk.usedAt = clock.instant();
    return trunk;
  }

  private boolean isSurelyAlive(StreamFlow flow) {
    return clock.instant().isBefore(flow.aliveAt().plus(SURELY_ALIVE));
  }

  /** One address that calls go to, and its connections, the last opened last. */
  private final class Trunk extends ChannelInitializer<SocketChannel> {
    private final Transport transport;
    private final InetSocketAddress to;
    private final String host;
    private final List<StreamFlow> open = new ArrayList<>(2);
    private final List<Caller> waiting = new ArrayList<>(2);
    private Instant usedAt = Instant.MIN;
    private boolean again;
    private int attempt;

    /** Who waits, and the first attempt that is his from its beginning. */
    private record Caller(Consumer<Optional<Flow>> then, int attempt) {}

    Trunk(Transport transport, InetSocketAddress to, String host) {
      this.transport = transport;
      this.to = to;
      this.host = host;
    }

    Optional<StreamFlow> last() {
      open.removeIf(flow -> !flow.isOpen());
      return open.isEmpty() ? Optional.empty() : Optional.of(open.get(open.size() - 1));
    }

    boolean isIdle() {
      return waiting.isEmpty() && last().isEmpty();
    }

    void open(Consumer<Optional<Flow>> then) {
      boolean first = waiting.isEmpty();
      waiting.add(new Caller(then, attempt + 1));
      if (first) {
        attempt();
      }
    }

    private void attempt() {
      attempt++;
      again = true;
      begin();
    }

    private void begin() {
      ChannelFuture connected =
          new Bootstrap()
              .group(threads.streams())
              .channel(NioSocketChannel.class)
              .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
              .handler(this)
              .connect(to);
      connected.addListener(
          done ->
              whenProved(
                  connected,
                  proved -> threads.sipThread().execute(() -> opened(connected, proved))));
    }

    /** A TLS connection may still fail when TCP stands: nothing is given up for it before. */
    private static void whenProved(ChannelFuture connected, Consumer<Boolean> then) {
      SslHandler handler =
          connected.isSuccess() ? connected.channel().pipeline().get(SslHandler.class) : null;
      if (handler == null) {
        then.accept(connected.isSuccess());
      } else {
        handler.handshakeFuture().addListener(shaken -> then.accept(shaken.isSuccess()));
      }
    }

    private void opened(ChannelFuture connected, boolean proved) {
      StreamReader reader = proved ? connected.channel().pipeline().get(StreamReader.class) : null;
      if (reader != null) {
        open.add(reader.flow());
      }
      if (proved && last().isEmpty() && again) {
        // It was closed as soon as it stood: what closed it may be right for the next one.
        again = false;
        begin();
        return;
      }
      Optional<Flow> found = last().map(flow -> flow);
      // Who came while this one was failing has his own: the trunk may be back by then.
      List<Caller> told =
          waiting.stream()
              .filter(caller -> found.isPresent() || caller.attempt() <= attempt)
              .toList();
      waiting.removeAll(told);
      if (!waiting.isEmpty()) {
        attempt();
      }
      told.forEach(caller -> tell(caller, found));
    }

    private void tell(Caller caller, Optional<Flow> found) {
      try {
        caller.then().accept(found);
      } catch (RuntimeException e) {
        LOG.error("A call could not go on to the trunk {}, those beside it do", to, e);
      }
    }

    void look(Set<Flow> inUse) {
      Optional<StreamFlow> last = last();
      boolean spare = clock.instant().isBefore(usedAt.plus(SPARE));
      for (StreamFlow flow : open) {
        boolean kept = spare && last.filter(flow::equals).isPresent() && isSurelyAlive(flow);
        if (kept || inUse.contains(flow)) {
          flow.ping();
        } else {
          flow.close();
        }
      }
    }

    @Override
    protected void initChannel(SocketChannel channel) throws SSLException {
      if (transport == Transport.TLS) {
        SslContext context = tls.build();
        SslHandler handler = context.newHandler(channel.alloc(), host, to.getPort());
        handler.setHandshakeTimeoutMillis(CONNECT_MILLIS);
        channel.pipeline().addLast(handler);
      }
      StreamFlow flow =
          new StreamFlow(channel, transport, DigestAlgorithm.MD5, to, () -> channel.localAddress());
      flow.opened(clock.instant());
      flow.keepUntil(Instant.MAX);
      StreamSetup.addSip(channel, flow, sink, threads.sipThread(), strangers);
    }
  }
}
