package org.latchkey.keyagent.internal;

import java.util.List;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditLog;
import org.latchkey.audit.AuditUnavailableException;

/** The audit log, or a refusal while there is none: no evidence, no change. */
final class Evidence {

  private final Neighbours neighbours;

  Evidence(Neighbours neighbours) {
    this.neighbours = neighbours;
  }

  /**
   * Appends an entry; it is on disk when this returns.
   *
   * @throws AuditUnavailableException when it can't be written
   */
  void append(AuditEntry entry) {
    log().append(entry);
  }

  /**
   * Appends entries, all or none.
   *
   * @throws AuditUnavailableException when they can't be written
   */
  void appendAll(List<AuditEntry> entries) {
    log().appendAll(entries);
  }

  private AuditLog log() {
    return neighbours
        .audit()
        .orElseThrow(
            () ->
                new AuditUnavailableException(
                    "The audit log is away", new IllegalStateException("no such service")));
  }
}
