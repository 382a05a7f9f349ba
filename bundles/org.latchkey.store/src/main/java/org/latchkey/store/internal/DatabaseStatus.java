package org.latchkey.store.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.latchkey.status.StatusLine;

/** What the store says of itself: it writes to find out. */
final class DatabaseStatus {

  private static final long LONGEST_WRITE_MILLIS = 1_500;
  private static final long MEGABYTE = 1_000_000;

  private final H2File file;
  private final Availability availability;
  private final int leastFreeMegabytes;

  DatabaseStatus(H2File file, Availability availability, int leastFreeMegabytes) {
    this.file = file;
    this.availability = availability;
    this.leastFreeMegabytes = leastFreeMegabytes;
  }

  /** The lines, the worst first; writes in one of {@code threads}, for 1.5 seconds at most. */
  List<StatusLine> lines(ExecutorService threads) {
    Optional<Fault> fault = availability.fault();
    if (fault.isPresent()) {
      Fault why = fault.get();
      return List.of(
          why.equals(Availability.OPENING)
              ? StatusLine.warning(why.sentence(), why.next())
              : why.line());
    }
    List<StatusLine> lines = new ArrayList<>();
    lines.add(written(threads));
    freeSpace().ifPresent(lines::add);
    lines.sort((a, b) -> b.level().compareTo(a.level()));
    return lines;
  }

  private StatusLine written(ExecutorService threads) {
    long start = System.nanoTime();
    OpenDatabase database = availability.require();
    try {
      Future<?> check = threads.submit(() -> checkWriting(database));
      check.get(LONGEST_WRITE_MILLIS, TimeUnit.MILLISECONDS);
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      return StatusLine.ok(
          "%s is open, schema %s; a write reached the disk in %d ms"
              .formatted(file.file(), database.schema(), millis));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof SQLException failure) {
        availability.failed(database, failure);
      }
      return Fault.of(cause == null ? e : cause, file).line();
    } catch (TimeoutException e) {
      return StatusLine.fault(
          "a write did not reach the disk in %d ms".formatted(LONGEST_WRITE_MILLIS),
          "Look at the disk of " + file.directory() + ".");
    } catch (RejectedExecutionException e) {
      return Availability.STOPPED.line();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return StatusLine.warning("was not asked: interrupted", "Ask again.");
    }
  }

  private static Void checkWriting(OpenDatabase database) throws SQLException {
    database.checkWriting();
    return null;
  }

  private Optional<StatusLine> freeSpace() {
    try {
      long free = Files.getFileStore(file.directory()).getUsableSpace() / MEGABYTE;
      if (free >= leastFreeMegabytes) {
        return Optional.empty();
      }
      return Optional.of(
          StatusLine.warning(
              "only %d MB are free on the disk of %s".formatted(free, file.directory()),
              "Free some space: without any, no key is issued or revoked."));
    } catch (IOException e) {
      return Optional.of(
          StatusLine.warning(
              "can't tell how much is free on the disk of " + file.directory(), e.toString()));
    }
  }
}
