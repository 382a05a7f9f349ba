package org.latchkey.store.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.latchkey.key.StoreUnavailableException;
import org.latchkey.status.StatusLine;
import org.latchkey.status.StatusSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database of all records. Transactions run in threads of their own: H2 closes its file when
 * the thread that reads or writes it is interrupted, as a console does to a command.
 */
@Component(
    service = {Database.class, StatusSource.class},
    immediate = true,
    configurationPid = "org.latchkey.store")
@Designate(ocd = StoreConfiguration.class)
public final class Database implements StatusSource {

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final int THREADS = 4;
  private static final long IDLE_SECONDS = 30;

  private final H2File file;
  private final Availability availability;
  private final DatabaseStatus status;
  private final ThreadPoolExecutor threads;

  /** Starts to open the database that the settings name. */
  @Activate
  public Database(StoreConfiguration settings) {
    this(
        restored(H2File.of(settings.url())),
        new Schema(),
        TimeUnit.SECONDS.toMillis(settings.retrySeconds()),
        settings.leastFreeMegabytes());
  }

  Database(H2File file, Schema schema, long retryMillis, int leastFreeMegabytes) {
    this.file = file;
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Threads.named("latchkey-store"));
    threads.allowCoreThreadTimeOut(true);
    availability = new Availability(file, schema, THREADS, retryMillis);
    status = new DatabaseStatus(file, availability, leastFreeMegabytes);
    sweep(file);
  }

  private static void sweep(H2File file) {
    try {
      DatabaseCopy.sweep(file);
    } catch (IOException e) {
      LOG.error("What is left of a backup that was cut off can't be removed", e);
    }
  }

  /** The file, after a restore has put another in its place. */
  private static H2File restored(H2File file) {
    try {
      file.files().takeOver();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("A restore can't put " + file.file() + " in its place", e);
    }
  }

  /** Its file. */
  H2File file() {
    return file;
  }

  /**
   * Runs a transaction that changes nothing.
   *
   * @throws StoreUnavailableException when the database is away
   */
  <T> T read(Work<T> work) {
    return run(work, false);
  }

  /**
   * Runs a transaction; it is on the disk when this returns.
   *
   * @throws StoreUnavailableException when the database is away
   * @throws DuplicateException when a unique constraint was broken; nothing was changed
   */
  <T> T change(Work<T> work) {
    return run(work, true);
  }

  private <T> T run(Work<T> work, boolean changes) {
    OpenDatabase database = availability.require();
    try {
      return Threads.uninterruptibly(submit(() -> database.run(work, changes)));
    } catch (ExecutionException e) {
      throw failed(database, e.getCause());
    }
  }

  private <T> Future<T> submit(Callable<T> transaction) {
    try {
      return threads.submit(transaction);
    } catch (RejectedExecutionException e) {
      throw Availability.unavailable(Availability.STOPPED, e);
    }
  }

  private RuntimeException failed(OpenDatabase database, @Nullable Throwable failure) {
    if (failure instanceof SQLException e && Fault.isDuplicate(e)) {
      return new DuplicateException(e);
    }
    if (failure instanceof RuntimeException e && !(e instanceof MVStoreException)) {
      return e;
    }
    return availability.failed(
        database, failure == null ? new IllegalStateException("no cause") : failure);
  }

  @Override
  public String part() {
    return "store";
  }

  @Override
  public List<StatusLine> status() {
    return status.lines(threads);
  }

  /** Ends what runs, closes the database and ends all threads. */
  @Deactivate
  public void close() {
    threads.shutdown();
    Threads.awaitEnd(threads);
    availability.close();
  }
}
