package org.latchkey.quarantine.internal;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.latchkey.admission.HoldRecords;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditLog;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.audit.PhoneJournal;
import org.latchkey.key.StoreUnavailableException;

/**
 * The services of other bundles that come and go while the quarantine stays.
 *
 * @param records the store of holds, if it is there
 * @param auditLog the audit log, if it is there
 * @param journal the phones' journal, if it is there
 */
record Neighbours(
    Supplier<Optional<HoldRecords>> records,
    Supplier<Optional<AuditLog>> auditLog,
    Supplier<Optional<PhoneJournal>> journal) {

  /** The store of holds, or the exception that says it is away. */
  HoldRecords requireRecords() {
    return records
        .get()
        .orElseThrow(
            () ->
                new StoreUnavailableException(
                    "The store of holds is not there; start org.latchkey.store.",
                    new IllegalStateException("no HoldRecords service")));
  }

  /** Puts an entry into the audit log, or throws because what it speaks of must not happen. */
  void audit(AuditEntry entry) {
    requireAuditLog().append(entry);
  }

  /** As {@link #audit}, all or none. */
  void auditAll(List<AuditEntry> entries) {
    requireAuditLog().appendAll(entries);
  }

  private AuditLog requireAuditLog() {
    return auditLog
        .get()
        .orElseThrow(
            () ->
                new AuditUnavailableException(
                    "The audit log is not there; start org.latchkey.audit.",
                    new IllegalStateException("no AuditLog service")));
  }

  /** Notes an event, if somebody keeps the journal. */
  void note(PhoneEvent event) {
    journal.get().ifPresent(present -> present.note(event));
  }
}
