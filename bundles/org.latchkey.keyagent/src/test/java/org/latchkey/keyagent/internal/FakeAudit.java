package org.latchkey.keyagent.internal;

import java.util.ArrayList;
import java.util.List;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditLog;
import org.latchkey.audit.AuditQuery;
import org.latchkey.audit.AuditRecord;
import org.latchkey.audit.AuditUnavailableException;

/** An audit log in memory that can break. */
class FakeAudit implements AuditLog {

  final List<AuditEntry> entries = new ArrayList<>();
  private final List<String> diary;
  private boolean broken;
  private int breakAt = Integer.MAX_VALUE;

  /** Writes what it is told into the diary. */
  FakeAudit(List<String> diary) {
    this.diary = diary;
  }

  /** Breaks once it has taken so many more entries. */
  synchronized void breaksAfter(int more) {
    breakAt = entries.size() + more;
  }

  synchronized void broken(boolean value) {
    broken = value;
  }

  synchronized List<String> actions() {
    return entries.stream().map(AuditEntry::action).toList();
  }

  @Override
  public void append(AuditEntry entry) {
    appendAll(List.of(entry));
  }

  @Override
  public synchronized void appendAll(List<AuditEntry> list) {
    if (broken || entries.size() + list.size() > breakAt) {
      throw new AuditUnavailableException("the disk is full", new IllegalStateException());
    }
    entries.addAll(list);
    list.forEach(entry -> diary.add("audit: " + entry.action()));
  }

  @Override
  public List<AuditRecord> search(AuditQuery query) {
    throw new UnsupportedOperationException("the agent never searches");
  }
}
