package org.latchkey.audit.internal.chain;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.latchkey.audit.AuditArchive;
import org.latchkey.audit.AuditUnavailableException;

/**
 * Reads in threads of its own, so that an archive that hangs can be given up for another. There are
 * never more than {@link #MOST} for each archive, however often one that hangs is asked.
 */
final class Reading implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final String SILENT = " does not answer";

  /** So many may read one archive at a time; beyond, they wait. One that hangs holds as many. */
  static final int MOST = 4;

  private final Map<AuditArchive, Semaphore> places =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread made = new Thread(task, "latchkey-audit-reader");
            made.setDaemon(true);
            return made;
          });

  private final Duration patience;

  /** Waits 5 seconds for each archive. */
  Reading() {
    this(LONGEST);
  }

  Reading(Duration patience) {
    this.patience = patience;
  }

  /**
   * What the first archive that answers within 5 seconds says.
   *
   * @throws AuditUnavailableException when none does
   */
  <T> T first(List<AuditArchive> archives, Function<AuditArchive, T> question) {
    String why = "no archive is there";
    for (AuditArchive archive : archives) {
      Semaphore free = places.computeIfAbsent(archive, unused -> new Semaphore(MOST));
      long end = System.nanoTime() + patience.toNanos();
      try {
        if (free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
          return submit(archive, question, free)
              .get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
        why = archive.name() + SILENT;
      } catch (ExecutionException e) {
        why = Failures.words(e);
      } catch (TimeoutException e) {
        why = archive.name() + SILENT;
      } catch (RejectedExecutionException e) {
        why = "it has been stopped";
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        why = "the wait for it was interrupted";
        break;
      }
    }
    throw new AuditUnavailableException(
        "The audit log can't be read: " + why, new IllegalStateException(why));
  }

  private <T> Future<T> submit(
      AuditArchive archive, Function<AuditArchive, T> question, Semaphore place) {
    boolean taken = false;
    try {
      Future<T> answer =
          threads.submit(
              () -> {
                try {
                  return question.apply(archive);
                } finally {
                  place.release();
                }
              });
      taken = true;
      return answer;
    } finally {
      if (!taken) {
        place.release();
      }
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
