package org.latchkey.audit.internal;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.audit.PhoneJournal;
import org.latchkey.audit.PhoneNames;
import org.latchkey.status.StatusLine;
import org.latchkey.status.StatusSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The phone journal, in memory. Whoever notes an event hands it to one background thread and goes
 * on; forged events have an entrance of their own, so that a flood of them keeps no true one out.
 */
@Component(
    service = {PhoneJournal.class, StatusSource.class},
    immediate = true, // or else it would forget all when nobody asks for a moment
    configurationPid = "org.latchkey.audit")
@Designate(ocd = JournalConfiguration.class)
public final class MemoryJournal implements PhoneJournal, StatusSource {

  private static final int WAITING = 8_192;

  /** What comes meanwhile is filed at once: waking up costs more than filing. */
  private static final long GATHERED_NANOS = 10_000_000;

  /** Longer texts are cut: they come from the network, and memory is bounded. */
  private static final int LONGEST = 256;

  private final Inbox<PhoneEvent> proved = new Inbox<>(WAITING);
  private final Inbox<PhoneEvent> unproved = new Inbox<>(WAITING);
  private final Object lock = new Object();
  private final Memory memory;
  private final Thread filer;
  private volatile boolean idle;
  private volatile boolean closed;

  /** Starts the background thread. */
  @Activate
  public MemoryJournal(JournalConfiguration settings) {
    this(new Memory(settings.phones(), settings.strangers(), settings.eventsPerPhone()));
  }

  MemoryJournal(Memory memory) {
    this.memory = memory;
    filer = new Thread(this::file, "latchkey-journal");
    filer.setDaemon(true);
    filer.start();
  }

  @Override
  public void note(PhoneEvent event) {
    PhoneEvent cut = cut(event);
    (Memory.isProved(cut) ? proved : unproved).offer(cut);
    if (idle) {
      LockSupport.unpark(filer);
    }
  }

  @Override
  public List<PhoneEvent> recent(String phone, int limit) {
    if (phone.isBlank()) {
      return List.of();
    }
    synchronized (lock) {
      drain();
      return memory.recent(PhoneNames.meantBy(phone), limit);
    }
  }

  @Override
  public String part() {
    return "phone journal";
  }

  @Override
  public List<StatusLine> status() {
    int phones;
    synchronized (lock) {
      drain();
      phones = memory.phones();
    }
    String words =
        "remembers %d phones; too many at once to note: %d events of phones, %d of strangers"
            .formatted(phones, proved.dropped(), unproved.dropped());
    return List.of(StatusLine.ok(words));
  }

  /** Ends the background thread. */
  @Deactivate
  public void close() {
    closed = true;
    LockSupport.unpark(filer);
    boolean interrupted = false;
    while (filer.isAlive()) {
      try {
        filer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void file() {
    while (!closed) {
      synchronized (lock) {
        drain();
      }
      // Whoever adds looks at idle afterwards, and this looks at what was added after setting it.
      idle = true;
      if (proved.isEmpty() && unproved.isEmpty() && !closed) {
        LockSupport.park(this);
      }
      idle = false;
      if (!closed) {
        LockSupport.parkNanos(this, GATHERED_NANOS);
      }
    }
  }

  private void drain() {
    proved.drain(memory::add);
    unproved.drain(memory::add);
  }

  private static PhoneEvent cut(PhoneEvent e) {
    if (fits(e.keyIdentifier())
        && fits(e.aor())
        && fits(e.device())
        && fits(e.source())
        && fits(e.words())) {
      return e;
    }
    return new PhoneEvent(
        e.at(),
        e.kind(),
        cut(e.keyIdentifier()),
        cut(e.aor()),
        cut(e.device()),
        cut(e.source()),
        cut(e.words()));
  }

  private static String cut(String text) {
    return fits(text) ? text : text.substring(0, LONGEST - 1) + '…';
  }

  private static boolean fits(String text) {
    return text.length() <= LONGEST;
  }
}
