package org.latchkey.audit.internal.chain;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditUnavailableException;

/** Entries that somebody waits for. */
final class Request {

  /** Longer than a chain that works keeps anybody waiting, be it at its start. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** How much longer for each entry: an import may have 100,000. */
  private static final Duration EACH = Duration.ofMillis(1);

  private final List<AuditEntry> entries;
  private final Duration longest;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  Request(List<AuditEntry> entries) {
    this(entries, longest(entries.size()));
  }

  /** Entries that somebody waits for so long. */
  Request(List<AuditEntry> entries, Duration longest) {
    this.entries = entries.stream().map(Canonical::normal).toList();
    this.longest = longest;
  }

  /** How long so many entries are waited for. */
  static Duration longest(int entries) {
    return LONGEST.plus(EACH.multipliedBy(entries));
  }

  List<AuditEntry> entries() {
    return entries;
  }

  /**
   * They are written.
   *
   * @return false when nobody waits any more: what they speak of was refused meanwhile
   */
  boolean written() {
    return done.complete(null) || !done.isCompletedExceptionally();
  }

  void refused(String why) {
    done.completeExceptionally(
        new AuditUnavailableException(
            "The audit log can't be written: " + why, new IllegalStateException(why)));
  }

  /** Whether nobody waits any more. */
  boolean isOver() {
    return done.isDone();
  }

  /**
   * Waits, but not for ever; an interrupt stays pending and ends nothing.
   *
   * @throws AuditUnavailableException when they were not written, or it is not known in time
   */
  void await() {
    boolean interrupted = false;
    long end = System.nanoTime() + longest.toNanos();
    try {
      while (true) {
        try {
          done.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (TimeoutException e) {
          refused("it did not answer within " + longest.toSeconds() + " seconds");
        } catch (ExecutionException e) {
          throw new AuditUnavailableException(Failures.words(e), e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
