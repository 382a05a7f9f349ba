package org.latchkey.shell.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditLog;
import org.latchkey.audit.AuditQuery;
import org.latchkey.audit.AuditRecord;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.audit.PhoneJournal;
import org.latchkey.audit.PhoneNames;

/** An audit log and a journal in lists. */
public final class FakeEvidence {

  private final List<AuditRecord> records = new ArrayList<>();
  private final List<PhoneEvent> events = new ArrayList<>();

  /** Appends an entry. */
  public void append(AuditEntry entry) {
    records.add(new AuditRecord(records.size() + 1, entry));
  }

  /** Notes an event. */
  public void note(PhoneEvent event) {
    events.add(event);
  }

  /** The audit log. */
  public AuditLog log() {
    return new AuditLog() {
      @Override
      public void append(AuditEntry entry) {
        FakeEvidence.this.append(entry);
      }

      @Override
      public void appendAll(List<AuditEntry> entries) {
        entries.forEach(this::append);
      }

      @Override
      public List<AuditRecord> search(AuditQuery query) {
        return records.stream()
            .sorted(Collections.reverseOrder((a, b) -> Long.compare(a.number(), b.number())))
            .filter(one -> one.entry().action().startsWith(query.action()))
            .filter(one -> query.phone().isEmpty() || means(query.phone(), one.entry()))
            .filter(one -> one.number() > query.after())
            .limit(query.limit())
            .toList();
      }
    };
  }

  /** The journal. */
  public PhoneJournal journal() {
    return new PhoneJournal() {
      @Override
      public void note(PhoneEvent event) {
        events.add(event);
      }

      @Override
      public List<PhoneEvent> recent(String phone, int limit) {
        List<PhoneEvent> newest = new ArrayList<>(events);
        Collections.reverse(newest);
        return newest.stream().filter(one -> means(phone, one)).limit(limit).toList();
      }
    };
  }

  private static boolean means(String phone, AuditEntry one) {
    return !Collections.disjoint(
        PhoneNames.meantBy(phone),
        PhoneNames.of(one.keyIdentifier(), one.aor(), one.device(), one.source()));
  }

  private static boolean means(String phone, PhoneEvent one) {
    return !Collections.disjoint(
        PhoneNames.meantBy(phone),
        PhoneNames.of(one.keyIdentifier(), one.aor(), one.device(), one.source()));
  }
}
