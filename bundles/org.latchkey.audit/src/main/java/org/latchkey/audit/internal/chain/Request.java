package org.latchkey.audit.internal.chain;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditUnavailableException;

/** Entries that somebody waits for. */
final class Request {

  private final List<AuditEntry> entries;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  Request(List<AuditEntry> entries) {
    this.entries = entries.stream().map(Canonical::normal).toList();
  }

  List<AuditEntry> entries() {
    return entries;
  }

  void written() {
    done.complete(null);
  }

  void refused(String why) {
    done.completeExceptionally(
        new AuditUnavailableException(
            "The audit log can't be written: " + why, new IllegalStateException(why)));
  }

  /**
   * Waits; an interrupt stays pending and ends nothing.
   *
   * @throws AuditUnavailableException when they were not written
   */
  void await() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          done.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
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
