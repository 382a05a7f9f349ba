package org.latchkey.pbx.http.internal.asterisk;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port of FastAGI. Each connection ends within a deadline, whatever its peer and we do; of
 * those that have not shown a certificate the oldest makes way for the next. A port that is taken
 * is tried again every two seconds. Thread-safe.
 */
final class AgiPort implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AgiPort.class);
  private static final int MOST_CONNECTIONS = 128;

  /** More than haproxy opens at once, so that its own burst leaves none of it out. */
  private static final int MOST_STRANGERS = 40;

  private static final int BACKLOG = 128;
  private static final long PAUSE_MILLIS = 2_000;
  private static final long END_MILLIS = 5_000;

  private final InetSocketAddress address;
  private final Supplier<Optional<SSLContext>> tls;
  private final AgiConnection.Answerer answerer;
  private final long deadlineMillis;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Set<Socket> strangers = new LinkedHashSet<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread accepting = thread(this::run, "latchkey-agi");
  private final ScheduledExecutorService deadlines =
      Executors.newSingleThreadScheduledExecutor(task -> thread(task, "latchkey-agi-deadlines"));
  private final ThreadPoolExecutor connections =
      new ThreadPoolExecutor(
          0,
          MOST_CONNECTIONS,
          PAUSE_MILLIS,
          TimeUnit.MILLISECONDS,
          new SynchronousQueue<>(),
          task -> thread(task, "latchkey-agi-connection"));
  private volatile @Nullable ServerSocket open;
  private volatile String problem = "";
  private boolean told;

  /**
   * Opens the port on a thread of its own.
   *
   * @param tls asked anew for each connection
   * @param deadlineMillis how long a connection lasts at most
   */
  AgiPort(
      InetSocketAddress address,
      Supplier<Optional<SSLContext>> tls,
      AgiConnection.Answerer answerer,
      long deadlineMillis) {
    this.address = address;
    this.tls = tls;
    this.answerer = answerer;
    this.deadlineMillis = deadlineMillis;
    accepting.start();
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Where it is open; empty while it is not. */
  Optional<InetSocketAddress> at() {
    ServerSocket server = open;
    return server == null || server.isClosed()
        ? Optional.empty()
        : Optional.of((InetSocketAddress) server.getLocalSocketAddress());
  }

  /** What is wrong with it; empty when nothing is. */
  String problem() {
    return problem;
  }

  private boolean isWanted() {
    return ended.getCount() > 0;
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
      server.bind(address, BACKLOG);
      open = server;
      problem = "";
      told = false;
      while (isWanted()) {
        takeOne(server.accept());
      }
    } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
      problem = e.toString();
      if (isWanted() && !told) {
        told = true;
        LOG.warn("FastAGI can't be answered at {}, tried again until it can: {}", address, problem);
      }
    }
  }

  /** Whatever one connection brings about, the port goes on with the next. */
  private void takeOne(Socket socket) {
    try {
      take(socket);
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      LOG.debug("FastAGI could not take a connection: {}", e.toString());
      end(socket);
    }
  }

  private void take(Socket socket) {
    Optional<SSLContext> context = tls.get();
    if (context.isEmpty()) {
      end(socket);
      return;
    }
    sockets.add(socket);
    stranger(socket).ifPresent(this::end);
    var deadline = deadlines.schedule(() -> end(socket), deadlineMillis, TimeUnit.MILLISECONDS);
    AgiConnection connection = new AgiConnection(socket, context.get(), answerer);
    connections.execute(
        () -> {
          try {
            connection.serve(() -> noStranger(socket));
          } finally {
            deadline.cancel(false);
            end(socket);
          }
        });
  }

  /** Adds one that has shown no certificate; gives the one that makes way for it. */
  private Optional<Socket> stranger(Socket socket) {
    synchronized (strangers) {
      Optional<Socket> oldest =
          strangers.size() < MOST_STRANGERS ? Optional.empty() : strangers.stream().findFirst();
      oldest.ifPresent(strangers::remove);
      strangers.add(socket);
      return oldest;
    }
  }

  private void noStranger(Socket socket) {
    synchronized (strangers) {
      strangers.remove(socket);
    }
  }

  private void end(Socket socket) {
    sockets.remove(socket);
    noStranger(socket);
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("A FastAGI connection did not close: {}", e.toString());
    }
  }

  /** Closes the port and all connections. */
  @Override
  public void close() {
    ended.countDown();
    ServerSocket server = open;
    try {
      if (server != null) {
        server.close();
      }
      accepting.join(END_MILLIS);
    } catch (IOException e) {
      LOG.warn("The port of FastAGI did not close: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sockets.forEach(this::end);
    connections.shutdownNow();
    deadlines.shutdownNow();
  }
}
