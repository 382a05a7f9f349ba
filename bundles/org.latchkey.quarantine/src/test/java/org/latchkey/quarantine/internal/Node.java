package org.latchkey.quarantine.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import org.latchkey.admission.Hold;
import org.latchkey.admission.HoldRecords;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditLog;
import org.latchkey.audit.AuditQuery;
import org.latchkey.audit.AuditRecord;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.audit.PhoneJournal;
import org.latchkey.key.StoreUnavailableException;

/** A node's store, audit log and journal in memory, each of which can be away. */
final class Node {

  /** What was done, in order, over all three. */
  final List<String> deeds = new ArrayList<>();

  final Records records = new Records();
  final Audit audit = new Audit();
  final Journal journal = new Journal();
  boolean withoutStore;
  boolean withoutAudit;

  Neighbours neighbours() {
    return new Neighbours(
        () -> withoutStore ? Optional.empty() : Optional.of(records),
        () -> withoutAudit ? Optional.empty() : Optional.of(audit),
        () -> Optional.of(journal));
  }

  final class Records implements HoldRecords {
    private final List<Hold> holds = new ArrayList<>();
    volatile boolean away;
    volatile boolean readOnly;
    volatile boolean ofExport;
    final LinkedBlockingQueue<String> reads = new LinkedBlockingQueue<>();

    @Override
    public synchronized List<Hold> holds() {
      reads.add("read");
      requireStore(away);
      return List.copyOf(holds);
    }

    @Override
    public boolean knowsNewKeys() {
      return !ofExport;
    }

    @Override
    public synchronized void add(Hold hold) {
      requireStore(away || readOnly);
      deeds.add("store +" + hold.keyIdentifier());
      holds.removeIf(h -> same(h, hold.keyIdentifier(), hold.kind()));
      holds.add(hold);
    }

    @Override
    public synchronized void addAll(List<Hold> all) {
      requireStore(away || readOnly);
      all.forEach(this::add);
    }

    @Override
    public synchronized void removeAll(Collection<String> keyIdentifiers, Hold.Kind kind) {
      requireStore(away || readOnly);
      keyIdentifiers.forEach(key -> remove(key, kind));
    }

    @Override
    public synchronized void remove(String keyIdentifier, Hold.Kind kind) {
      requireStore(away || readOnly);
      deeds.add("store -" + keyIdentifier);
      holds.removeIf(h -> same(h, keyIdentifier, kind));
    }

    private static boolean same(Hold hold, String keyIdentifier, Hold.Kind kind) {
      return hold.keyIdentifier().equals(keyIdentifier) && hold.kind() == kind;
    }

    private static void requireStore(boolean away) {
      if (away) {
        throw new StoreUnavailableException("the disk is full", new IllegalStateException());
      }
    }
  }

  final class Audit implements AuditLog {
    final LinkedBlockingQueue<AuditEntry> entries = new LinkedBlockingQueue<>();
    volatile boolean away;
    volatile boolean replaced;

    @Override
    public void append(AuditEntry entry) {
      if (replaced) {
        throw new NoClassDefFoundError("of a bundle that is being replaced");
      }
      if (away) {
        throw new AuditUnavailableException("the disk is full", new IllegalStateException());
      }
      synchronized (deeds) {
        deeds.add("audit " + entry.action());
      }
      entries.add(entry);
    }

    @Override
    public void appendAll(List<AuditEntry> all) {
      all.forEach(this::append);
    }

    @Override
    public List<AuditRecord> search(AuditQuery query) {
      throw new UnsupportedOperationException("the quarantine does not search");
    }

    List<String> actions() {
      return entries.stream().map(AuditEntry::action).toList();
    }
  }

  static final class Journal implements PhoneJournal {
    final LinkedBlockingQueue<PhoneEvent> events = new LinkedBlockingQueue<>();

    @Override
    public void note(PhoneEvent event) {
      events.add(event);
    }

    @Override
    public List<PhoneEvent> recent(String phone, int limit) {
      throw new UnsupportedOperationException("the quarantine does not read the journal");
    }

    List<PhoneEvent.Kind> kinds() {
      return events.stream().map(PhoneEvent::kind).toList();
    }
  }
}
