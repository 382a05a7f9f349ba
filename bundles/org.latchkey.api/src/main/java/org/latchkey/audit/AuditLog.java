package org.latchkey.audit;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Evidence: append only, on disk before what it speaks of takes effect. Thread-safe. */
@ProviderType
public interface AuditLog {

  /**
   * Appends an entry; it is on disk when this returns.
   *
   * @throws AuditUnavailableException when it can't be written: what it speaks of must not happen
   */
  void append(AuditEntry entry);

  /**
   * Appends entries, one after the other: all are on disk when this returns. When it throws, some
   * may stand in the log; an {@code audit.refused} entry then says that nothing came of them.
   *
   * @throws AuditUnavailableException as {@link #append}
   */
  void appendAll(List<AuditEntry> entries);

  /**
   * Searches, newest first.
   *
   * @throws AuditUnavailableException when it can't be read
   */
  List<AuditRecord> search(AuditQuery query);
}
