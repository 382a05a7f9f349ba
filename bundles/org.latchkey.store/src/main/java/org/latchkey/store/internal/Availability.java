package org.latchkey.store.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.latchkey.key.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which database is open, or why none is. Opens it in the background, and again after a failure,
 * for as long as it takes. Thread-safe.
 */
final class Availability implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Availability.class);

  private static final long LONGEST_OPENING_SECONDS = 30;
  private static final long TIDY_SECONDS = 10;
  static final Fault OPENING =
      new Fault("the database is still being opened", "Try again in a few seconds.");
  static final Fault STOPPED =
      new Fault("the store has been stopped", "Start the bundle org.latchkey.store.");

  private final H2File file;
  private final Schema schema;
  private final int connections;
  private final long retryMillis;
  private final ScheduledThreadPoolExecutor opener;
  private final CountDownLatch firstAttempt = new CountDownLatch(1);

  private volatile @Nullable OpenDatabase open;
  private volatile Fault fault = OPENING;
  private boolean everOpen;
  private boolean closed;

  /** Starts to open {@code file} and returns. */
  Availability(H2File file, Schema schema, int connections, long retryMillis) {
    this.file = file;
    this.schema = schema;
    this.connections = connections;
    this.retryMillis = retryMillis;
    this.opener = new ScheduledThreadPoolExecutor(1, Threads.named("latchkey-store-opener"));
    opener.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    opener.execute(this::tryToOpen);
    Future<?> unused =
        opener.scheduleWithFixedDelay(this::tidy, TIDY_SECONDS, TIDY_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * The open database; waits for the first attempt to open it, 30 seconds at most.
   *
   * @throws StoreUnavailableException when there is none
   */
  OpenDatabase require() {
    OpenDatabase database = open;
    if (database == null) {
      awaitFirstAttempt();
      database = open;
    }
    if (database == null) {
      throw unavailable(fault, null);
    }
    return database;
  }

  /** Why there is no open database; empty when there is one. */
  Optional<Fault> fault() {
    return open == null ? Optional.of(fault) : Optional.empty();
  }

  /**
   * Takes note of a failure in {@code database}. When it can't be used after that, it is closed,
   * and opened anew in the background.
   *
   * @return what to tell the caller
   */
  StoreUnavailableException failed(OpenDatabase database, Throwable failure) {
    if (Fault.isLoss(failure)) {
      lost(database, failure);
    }
    return unavailable(Fault.of(failure, file), failure);
  }

  private void lost(OpenDatabase database, Throwable failure) {
    synchronized (this) {
      if (open != database) {
        return;
      }
      open = null;
      say(Fault.of(failure, file), failure);
    }
    try {
      opener.execute(
          () -> {
            database.close();
            tryToOpen();
          });
    } catch (RejectedExecutionException e) {
      database.close();
    }
  }

  /** The exception that tells a caller of {@code fault}. */
  static StoreUnavailableException unavailable(Fault fault, @Nullable Throwable cause) {
    return new StoreUnavailableException(
        "The store is away: " + fault.sentence() + ". " + fault.next(),
        cause == null ? new IllegalStateException(fault.sentence()) : cause);
  }

  private void tryToOpen() {
    try {
      opened(OpenDatabase.open(wanted(), schema, connections));
    } catch (IOException | SQLException | RuntimeException | LinkageError e) {
      say(Fault.of(e, file), e);
    } finally {
      firstAttempt.countDown();
      retryUnlessOpen();
    }
  }

  private void tidy() {
    OpenDatabase database = open;
    if (database == null) {
      return;
    }
    try {
      database.tidy();
    } catch (SQLException | RuntimeException e) {
      lost(database, e);
    }
  }

  private synchronized void retryUnlessOpen() {
    if (open == null && !closed) {
      Future<?> unused = opener.schedule(this::tryToOpen, retryMillis, TimeUnit.MILLISECONDS);
    }
  }

  /** The file, unless it vanished: an empty store in its place would be no repair. */
  private synchronized H2File wanted() throws IOException {
    if (everOpen && Files.notExists(file.file())) {
      throw new VanishedException(file.file());
    }
    return file;
  }

  private void opened(OpenDatabase database) {
    synchronized (this) {
      if (!closed) {
        if (!fault.equals(OPENING)) {
          LOG.info("The store is back");
        }
        everOpen = true;
        open = database;
        return;
      }
    }
    database.close();
  }

  /** Keeps the fault, and logs it once, not at each of its tries. */
  private synchronized void say(Fault now, Throwable cause) {
    if (closed) {
      return;
    }
    if (!now.equals(fault)) {
      LOG.warn("The store is away: {}. {}", now.sentence(), now.next());
      LOG.debug("The store is away", cause);
    }
    fault = now;
  }

  private void awaitFirstAttempt() {
    boolean interrupted = false;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_OPENING_SECONDS);
    while (true) {
      try {
        firstAttempt.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    OpenDatabase database;
    synchronized (this) {
      closed = true;
      fault = STOPPED;
      database = open;
      open = null;
    }
    firstAttempt.countDown();
    opener.shutdown();
    if (database != null) {
      database.close();
    }
    Threads.awaitEnd(opener);
  }
}
