package org.latchkey.https.internal.connection;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.latchkey.https.internal.certificate.Identity;
import org.latchkey.status.StatusLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One door: its port, its threads, its connections; nothing of it is shared with another. Opened,
 * given certificates and closed by one thread; status and port are for any.
 */
public final class DoorListener {

  private static final Logger LOG = LoggerFactory.getLogger(DoorListener.class);
  private static final int EVENT_LOOPS = 2;
  private static final int BACKLOG = 1024;
  private static final long WORKERS_END_SECONDS = 2;
  private static final long LOOPS_END_SECONDS = 5;
  private static final long LAST_ANSWERS_SECONDS = 1;
  private static final String TO_HAVE_ONE =
      "See the lines on certificates; if they are well, use a certificate with an EC or RSA key"
          + " (settings certificateFile and keyFile).";

  private static final String WITHOUT_TLS =
      ", without TLS: who is between a new phone and us can name an authority and a server of his"
          + " own, and have that phone's keys and calls from then on";
  private static final String TO_BE_WITHOUT =
      "Open it only while such phones come, on a network that is yours alone; then set"
          + " bootstrapPort = 0 in etc/org.latchkey.https.cfg.";

  private final DoorSettings settings;
  private final TlsEngine engine;
  private final ThreadPoolExecutor workers;
  private final Connections connections;
  private final Complaints complaints;
  private final ConnectionSetup setup;

  private @Nullable EventLoopGroup loops;
  private volatile @Nullable Channel port;
  private volatile String certificateProblem;
  private volatile String problem = "";

  /** Prepares a door; {@link #open} opens it. */
  public DoorListener(
      DoorSettings settings, TlsEngine engine, Answerer answerer, LongSupplier nanoTime) {
    this.settings = settings;
    this.engine = engine;
    workers =
        Workers.pool(
            "latchkey-https-" + settings.name() + "-worker", settings.workers(), settings.queue());
    connections = new Connections(settings.connections(), settings.connectionsPerSource());
    complaints = new Complaints(settings.words(), nanoTime);
    DoorKeeper keeper = new DoorKeeper(settings.name(), answerer, workers, connections, complaints);
    setup = new ConnectionSetup(keeper, settings);
    certificateProblem = settings.plain() ? "" : "waits for a certificate";
  }

  /**
   * Shows a certificate to every connection from now on; those that are open go on.
   *
   * @param trusted whose client certificates the PBX door takes
   * @param demanded whether it demands one
   */
  public void use(Identity identity, Set<X509Certificate> trusted, boolean demanded) {
    try {
      setup.use(DoorTls.of(settings.door(), engine.provider(), identity, trusted, demanded));
      certificateProblem = "";
    } catch (SSLException e) {
      certificateProblem =
          "can't use its certificate"
              + (setup.ready() ? "; the one before stays in use: " : ": ")
              + e.getMessage();
      LOG.warn("{} {}", settings.words(), certificateProblem);
    }
  }

  /**
   * Opens the port if it is not open and there is a certificate; {@link #status} says how it went.
   */
  public void open() {
    Channel current = port;
    if (!setup.ready() || (current != null && current.isOpen())) {
      return;
    }
    String failure = bind();
    if (!failure.isEmpty() && !failure.equals(problem)) {
      LOG.warn("{} {}: {}", settings.words(), failure, toOpen());
    }
    problem = failure;
  }

  /** The port that is open. */
  public OptionalInt port() {
    Channel current = port;
    return current != null && current.localAddress() instanceof InetSocketAddress local
        ? OptionalInt.of(local.getPort())
        : OptionalInt.empty();
  }

  /** How this door is. */
  public List<StatusLine> status() {
    List<StatusLine> lines = new ArrayList<>();
    if (!certificateProblem.isEmpty()) {
      lines.add(StatusLine.fault(settings.words() + ' ' + certificateProblem, TO_HAVE_ONE));
    }
    if (!problem.isEmpty()) {
      lines.add(StatusLine.fault(settings.words() + ' ' + problem, toOpen()));
    }
    if (lines.isEmpty()) {
      String open =
          "%s is open on %s port %d, %d connections"
              .formatted(
                  settings.words(),
                  settings.bind(),
                  port().orElse(settings.port()),
                  connections.open());
      lines.add(
          settings.plain()
              ? StatusLine.warning(open + WITHOUT_TLS, TO_BE_WITHOUT)
              : StatusLine.ok(open));
    }
    complaints
        .recent()
        .ifPresent(
            words ->
                lines.add(
                    StatusLine.warning(
                        words,
                        "If these are your own, raise the limits in etc/org.latchkey.https.cfg.")));
    return lines;
  }

  /** Closes the port, lets running requests finish for two seconds, and ends every thread. */
  public void close() {
    Channel current = port;
    if (current != null) {
      current.close().awaitUninterruptibly();
    }
    workers.shutdown();
    try {
      if (!workers.awaitTermination(WORKERS_END_SECONDS, SECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
    }
    EventLoopGroup running = loops;
    if (running != null) {
      // A loop that ends closes its connections first: the last answers are written before that.
      running.forEach(
          loop -> loop.submit(() -> {}).awaitUninterruptibly(LAST_ANSWERS_SECONDS, SECONDS));
      running
          .shutdownGracefully(0, LOOPS_END_SECONDS, SECONDS)
          .awaitUninterruptibly(LOOPS_END_SECONDS, SECONDS);
    }
  }

  private String bind() {
    try {
      InetAddress address = InetAddress.getByName(settings.bind());
      ChannelFuture bound =
          new ServerBootstrap()
              .group(eventLoops())
              .channel(NioServerSocketChannel.class)
              .option(ChannelOption.SO_REUSEADDR, true)
              .option(ChannelOption.SO_BACKLOG, BACKLOG)
              .childOption(ChannelOption.TCP_NODELAY, true)
              .childOption(ChannelOption.ALLOCATOR, WipingAllocator.INSTANCE)
              .childHandler(setup)
              .bind(new InetSocketAddress(address, settings.port()))
              .awaitUninterruptibly();
      if (bound.isSuccess()) {
        port = bound.channel();
        return "";
      }
      return "can't listen on %s port %d (%s)"
          .formatted(settings.bind(), settings.port(), bound.cause().getMessage());
    } catch (UnknownHostException e) {
      return "can't listen: %s is no address of this machine".formatted(settings.bind());
    }
  }

  private EventLoopGroup eventLoops() {
    EventLoopGroup running = loops;
    if (running == null) {
      String thread = "latchkey-https-" + settings.name() + "-loop";
      running =
          new MultiThreadIoEventLoopGroup(
              EVENT_LOOPS, Workers.threads(thread), NioIoHandler.newFactory());
      loops = running;
    }
    return running;
  }

  private String toOpen() {
    String name = settings.name();
    return "Free the port (ss -ltnp shows who has it) or set %sBind and %sPort in"
            .formatted(name, name)
        + " etc/org.latchkey.https.cfg; it is tried again every few seconds.";
  }
}
