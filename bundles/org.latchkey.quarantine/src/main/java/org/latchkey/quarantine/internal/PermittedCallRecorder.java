package org.latchkey.quarantine.internal;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.latchkey.admission.PermittedCall;
import org.latchkey.admission.PermittedCallListener;
import org.latchkey.audit.AuditLog;
import org.latchkey.audit.PhoneJournal;
import org.latchkey.status.StatusLine;
import org.latchkey.status.StatusSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of each call to a permitted destination, and leaves all the rest to a thread of its own: an
 * adapter that tells of an emergency call is never kept waiting. The queue is bounded; refused
 * calls, which anybody can make, get only a part of it.
 */
@Component(
    service = {PermittedCallListener.class, StatusSource.class},
    immediate = true)
public final class PermittedCallRecorder
    implements PermittedCallListener, StatusSource, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PermittedCallRecorder.class);
  private static final int QUEUE_CALLS = 4096;
  private static final int REFUSED_SHARE = 4;
  private static final int UNAUDITED_CALLS = 10_000;
  private static final long TICK_SECONDS = 1;
  private static final long CLOSE_MILLIS = 2000;

  /** An empty one only wakes the thread. */
  private final LinkedBlockingQueue<Optional<PermittedCall>> queue = new LinkedBlockingQueue<>();

  private final int room;
  private final AtomicLong lost = new AtomicLong();
  private final PermittedCallLedger ledger;
  private final Thread thread;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable AuditLog auditLog;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable PhoneJournal journal;

  private volatile boolean closed;

  /** Begins to listen. */
  @Activate
  public PermittedCallRecorder() {
    this(QUEUE_CALLS);
  }

  /** A recorder with this audit log and journal for good, and room for so many calls. */
  PermittedCallRecorder(AuditLog auditLog, PhoneJournal journal, int room) {
    this(room);
    this.auditLog = auditLog;
    this.journal = journal;
  }

  private PermittedCallRecorder(int room) {
    this.room = room;
    ledger =
        new PermittedCallLedger(
            new Neighbours(
                Optional::empty,
                () -> Optional.ofNullable(auditLog),
                () -> Optional.ofNullable(journal)),
            InstantSource.system(),
            UNAUDITED_CALLS);
    thread = new Thread(this::record, "latchkey-permitted-calls");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void placed(PermittedCall call) {
    if (queue.size() < (call.routed() ? room : room / REFUSED_SHARE)) {
      queue.add(Optional.of(call));
    } else {
      lost.incrementAndGet();
    }
  }

  /**
   * Records what is in the queue, as far as the audit log is there, and ends. The thread is not
   * interrupted: that would close the file of an embedded database under everybody.
   */
  @Deactivate
  @Override
  public void close() {
    closed = true;
    queue.add(Optional.empty());
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String part() {
    return "permitted calls";
  }

  @Override
  public List<StatusLine> status() {
    return ledger.status(lost.get());
  }

  private void record() {
    try {
      while (!closed) {
        Optional<PermittedCall> call =
            ledger.isIdle() ? queue.take() : queue.poll(TICK_SECONDS, TimeUnit.SECONDS);
        guarded(() -> ledger.record(call == null ? Optional.empty() : call));
      }
    } catch (InterruptedException e) {
      LOG.error("The record of calls to permitted destinations was interrupted and ends", e);
    }
    for (Optional<PermittedCall> call = queue.poll(); call != null; call = queue.poll()) {
      Optional<PermittedCall> last = call;
      guarded(() -> ledger.record(last));
    }
    guarded(ledger::finish);
  }

  /** One failure, of whatever kind, must not end the record of the calls that follow. */
  private static void guarded(Runnable recording) {
    try {
      recording.run();
    } catch (RuntimeException | Error e) {
      LOG.error("A call to a permitted destination could not be recorded", e);
    }
  }
}
