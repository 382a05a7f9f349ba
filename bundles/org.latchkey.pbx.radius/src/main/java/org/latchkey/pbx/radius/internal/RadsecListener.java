package org.latchkey.pbx.radius.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The RadSec port (RFC 6614), with a thread of its own and one for each of the few PBXs that come.
 * One that does not show its certificate in time makes room, and the oldest such one makes way for
 * the next: they are counted apart from those that have shown theirs.
 */
final class RadsecListener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RadsecListener.class);
  private static final int MOST_CONNECTIONS = 64;
  private static final long PAUSE_MILLIS = 2_000;
  private static final long END_MILLIS = 5_000;

  private final InetSocketAddress address;
  private final Supplier<Optional<SSLContext>> tls;
  private final RadsecConnection.Answerer answerer;
  private final long handshakeMillis;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Set<Socket> shaken = ConcurrentHashMap.newKeySet();
  private final Handshakes handshakes = new Handshakes();
  private final ScheduledExecutorService deadlines =
      Executors.newSingleThreadScheduledExecutor(task -> thread(task, "latchkey-radsec-deadlines"));
  private final Thread thread;
  private volatile @Nullable ServerSocket listening;
  private volatile String problem = "";

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
    thread = thread(this::run, "latchkey-radsec");
    thread.start();
  }

  /** Why it does not listen; empty when it does. */
  String problem() {
    return problem;
  }

  /** The port, once it listens; waits up to five seconds for that. */
  int port() throws InterruptedException {
    ServerSocket open = opened.await(END_MILLIS, TimeUnit.MILLISECONDS) ? listening : null;
    return open == null ? 0 : open.getLocalPort();
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private void run() {
    try {
      do {
        serve();
      } while (!ended.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve() {
    try (ServerSocket server = new ServerSocket()) {
      server.setReuseAddress(true);
      server.bind(address);
      listening = server;
      problem = "";
      opened.countDown();
      while (ended.getCount() > 0) {
        answerOne(server.accept());
      }
    } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
      if (ended.getCount() > 0 && problem.isEmpty()) {
        LOG.warn(
            "RadSec can't be asked at {}, tried again until it can: {}", address, e.toString());
      }
      problem = e.toString();
    }
  }

  /** Whatever one connection brings about, the port goes on with the next. */
  private void answerOne(Socket socket) {
    try {
      take(socket);
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      if (problem.isEmpty()) {
        LOG.warn("RadSec could not take a connection: {}", e.toString());
      }
      problem = "the last connection could not be taken: " + e;
      end(socket);
    }
  }

  private void take(Socket socket) {
    Optional<SSLContext> context = tls.get();
    if (context.isEmpty()) {
      end(socket);
      return;
    }
    problem = "";
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
    ended.countDown();
    ServerSocket open = listening;
    try {
      if (open != null) {
        open.close();
      }
      // Until it has ended, the port takes connections.
      thread.join(END_MILLIS);
    } catch (IOException e) {
      LOG.warn("RadSec's port did not close: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sockets.forEach(this::end);
    deadlines.shutdownNow();
  }
}
