package org.latchkey.pbx.radius.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The RadSec port (RFC 6614), with a thread for each of the few PBXs that come. One that does not
 * show its certificate in time makes room, and the oldest such one makes way for the next: they are
 * counted apart from those that have shown theirs.
 */
final class RadsecListener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RadsecListener.class);
  private static final int MOST_CONNECTIONS = 64;

  private final InetSocketAddress address;
  private final Supplier<Optional<SSLContext>> tls;
  private final RadsecConnection.Answerer answerer;
  private final long handshakeMillis;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Set<Socket> shaken = ConcurrentHashMap.newKeySet();
  private final Handshakes handshakes = new Handshakes();
  private final ScheduledExecutorService deadlines =
      Executors.newSingleThreadScheduledExecutor(task -> thread(task, "latchkey-radsec-deadlines"));
  private final KeptPort port;

  /**
   * Opens the port on a thread of its own.
   *
   * @param tls asked anew for each connection
   * @param handshakeMillis within which a PBX must have shown its certificate
   */
  RadsecListener(
      InetSocketAddress address,
      Supplier<Optional<SSLContext>> tls,
      RadsecConnection.Answerer answerer,
      long handshakeMillis) {
    this.address = address;
    this.tls = tls;
    this.answerer = answerer;
    this.handshakeMillis = handshakeMillis;
    port = new KeptPort("RadSec", address, this::serve);
    port.start();
  }

  /** The port. */
  KeptPort port() {
    return port;
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private void serve(KeptPort kept) throws IOException {
    try (ServerSocket server = new ServerSocket()) {
      server.setReuseAddress(true);
      server.bind(address);
      kept.opened(server, (InetSocketAddress) server.getLocalSocketAddress());
      while (kept.isWanted()) {
        answerOne(server.accept());
      }
    }
  }

  /** Whatever one connection brings about, the port goes on with the next. */
  private void answerOne(Socket socket) {
    try {
      take(socket);
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      if (port.problem().isEmpty()) {
        LOG.warn("RadSec could not take a connection: {}", e.toString());
      }
      port.problem("the last connection could not be taken: " + e);
      end(socket);
    }
  }

  private void take(Socket socket) {
    Optional<SSLContext> context = tls.get();
    if (context.isEmpty()) {
      end(socket);
      return;
    }
    port.problem("");
    sockets.add(socket);
    handshakes.add(socket).ifPresent(this::end);
    var deadline = deadlines.schedule(() -> end(socket), handshakeMillis, TimeUnit.MILLISECONDS);
    RadsecConnection connection = new RadsecConnection(socket, context.get(), tls, answerer);
    thread(
            () -> {
              try {
                connection.serve(() -> hasShaken(socket) && deadline.cancel(false));
              } finally {
                deadline.cancel(false);
                end(socket);
              }
            },
            "latchkey-radsec-connection")
        .start();
  }

  /** Whether there is room for one more that has shown its certificate. */
  private boolean hasShaken(Socket socket) {
    handshakes.remove(socket);
    if (shaken.size() >= MOST_CONNECTIONS) {
      LOG.warn("RadSec has {} connections and takes no more", MOST_CONNECTIONS);
      return false;
    }
    shaken.add(socket);
    return true;
  }

  private void end(Socket socket) {
    sockets.remove(socket);
    shaken.remove(socket);
    handshakes.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("A RadSec connection did not close: {}", e.toString());
    }
  }

  /** Closes the port and all connections. */
  @Override
  public void close() {
    // Until it has ended, the port takes connections.
    port.close();
    sockets.forEach(this::end);
    deadlines.shutdownNow();
  }
}
