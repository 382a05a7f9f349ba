package org.latchkey.pbx.radius.internal;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port with a thread of its own. One that is taken, or fails, is tried again every two seconds.
 * Thread-safe.
 */
final class KeptPort implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KeptPort.class);
  private static final long PAUSE_MILLIS = 2_000;
  private static final long END_MILLIS = 5_000;

  /** What happens at the port. */
  interface Service {
    /**
     * Opens the port, tells {@link KeptPort#opened}, and serves while the port {@link
     * KeptPort#isWanted}.
     *
     * @throws IOException when it can't be opened, or was closed
     */
    void serve(KeptPort port) throws IOException;
  }

  private final String what;
  private final InetSocketAddress address;
  private final Service service;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Closeable socket;
  private volatile @Nullable InetSocketAddress at;
  private volatile String problem = "";
  private boolean told;

  /**
   * A port that is not opened yet.
   *
   * @param what it is called in the log
   */
  KeptPort(String what, InetSocketAddress address, Service service) {
    this.what = what;
    this.address = address;
    this.service = service;
    thread = new Thread(this::run, "latchkey-" + what);
    thread.setDaemon(true);
  }

  /** Opens it, on its own thread. */
  void start() {
    thread.start();
  }

  /** The service has opened it. */
  void opened(Closeable open, InetSocketAddress local) {
    socket = open;
    at = local;
    problem = "";
    told = false;
  }

  /** Whether it is to be served. */
  boolean isWanted() {
    return ended.getCount() > 0;
  }

  /** Where it is open; empty while it is not. */
  Optional<InetSocketAddress> at() {
    return Optional.ofNullable(at);
  }

  /** What is wrong with it; empty when nothing is. */
  String problem() {
    return problem;
  }

  /** Notes what is wrong with it though it is open; empty text when nothing is any more. */
  void problem(String words) {
    problem = words;
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
    try {
      service.serve(this);
    } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
      problem = e.toString();
      if (isWanted() && !told) {
        told = true;
        LOG.warn("{} can't be asked at {}, tried again until it can: {}", what, address, problem);
      }
    } finally {
      at = null;
    }
  }

  /** Closes it; the question that is being answered is answered. */
  @Override
  public void close() {
    ended.countDown();
    Closeable open = socket;
    try {
      if (open != null) {
        open.close();
      }
      thread.join(END_MILLIS);
    } catch (IOException e) {
      LOG.warn("The port of {} did not close: {}", what, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
