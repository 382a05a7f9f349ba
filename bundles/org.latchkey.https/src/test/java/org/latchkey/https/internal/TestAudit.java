package org.latchkey.https.internal;

import java.util.ArrayList;
import java.util.List;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditLog;
import org.latchkey.audit.AuditQuery;
import org.latchkey.audit.AuditRecord;
import org.latchkey.audit.AuditUnavailableException;

/** An audit log in memory that can break. */
public final class TestAudit implements AuditLog {

  /** What was written. */
  public final List<AuditEntry> entries = new ArrayList<>();

  private boolean broken;

  /** Breaks it, or mends it. */
  public void broken(boolean value) {
    broken = value;
  }

  @Override
  public void append(AuditEntry entry) {
    appendAll(List.of(entry));
  }

  @Override
  public void appendAll(List<AuditEntry> list) {
    if (broken) {
      throw new AuditUnavailableException("the disk is full", new IllegalStateException());
    }
    entries.addAll(list);
  }

  @Override
  public List<AuditRecord> search(AuditQuery query) {
    throw new UnsupportedOperationException("the doors never search");
  }
}
