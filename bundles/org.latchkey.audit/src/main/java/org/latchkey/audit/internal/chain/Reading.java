package org.latchkey.audit.internal.chain;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.latchkey.audit.AuditArchive;
import org.latchkey.audit.AuditUnavailableException;

/** Reads in threads of its own, so that an archive that hangs can be given up for another. */
final class Reading implements AutoCloseable {

  private static final long LONGEST_SECONDS = 5;

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread made = new Thread(task, "latchkey-audit-reader");
            made.setDaemon(true);
            return made;
          });

  /**
   * What the first archive that answers within 5 seconds says.
   *
   * @throws AuditUnavailableException when none does
   */
  <T> T first(List<AuditArchive> archives, Function<AuditArchive, T> question) {
    String why = "no archive is there";
    for (AuditArchive archive : archives) {
      try {
        Future<T> answer = threads.submit(() -> question.apply(archive));
        return answer.get(LONGEST_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        why = Failures.words(e);
      } catch (TimeoutException e) {
        why = archive.name() + " does not answer";
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

  @Override
  public void close() {
    threads.shutdown();
  }
}
