package org.latchkey.audit.internal.chain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.latchkey.audit.AuditArchive;
import org.latchkey.audit.AuditQuery;
import org.latchkey.audit.AuditRecord;
import org.latchkey.audit.ChainedRecord;

/** An archive in a list, which fails and hangs when told to. */
final class MemoryArchive implements AuditArchive {

  private final String name;
  private final List<ChainedRecord> records = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean full;
  private volatile boolean away;
  private volatile Optional<CountDownLatch> hanging = Optional.empty();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicReference<Optional<Error>> failure = new AtomicReference<>(Optional.empty());

  MemoryArchive(String name, List<ChainedRecord> records) {
    this.name = name;
    this.records.addAll(records);
  }

  MemoryArchive(String name) {
    this(name, List.of());
  }

  /** It reads but doesn't write, as on a full disk. */
  void fullDisk(boolean now) {
    full = now;
  }

  /** Its next writing ends in an error. */
  void failWith(Error error) {
    failure.set(Optional.of(error));
  }

  /** It does nothing at all. */
  void goneAway(boolean now) {
    away = now;
  }

  /** Writing hangs until the latch is counted down, and is then done. */
  CountDownLatch hang() {
    CountDownLatch latch = new CountDownLatch(1);
    hanging = Optional.of(latch);
    return latch;
  }

  void hangNoMore() {
    hanging.ifPresent(CountDownLatch::countDown);
    hanging = Optional.empty();
  }

  /** How often it was asked to write. */
  int calls() {
    return calls.get();
  }

  /** How often records were read. */
  int reads() {
    return reads.get();
  }

  List<ChainedRecord> records() {
    synchronized (records) {
      return List.copyOf(records);
    }
  }

  /** Waits until it has so many records. */
  void awaitRecords(int size) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    synchronized (records) {
      while (records.size() < size) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError(name + " has only " + actions());
        }
        records.wait(left);
      }
    }
  }

  List<String> actions() {
    return records().stream().map(record -> record.entry().action()).toList();
  }

  void alter(int index, ChainedRecord record) {
    records.set(index, record);
  }

  void cutTo(int size) {
    synchronized (records) {
      records.subList(size, records.size()).clear();
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void write(List<ChainedRecord> more) {
    calls.incrementAndGet();
    hanging.ifPresent(MemoryArchive::await);
    failure
        .getAndSet(Optional.empty())
        .ifPresent(
            error -> {
              throw error;
            });
    check();
    if (full) {
      throw new IllegalStateException("the disk is full");
    }
    synchronized (records) {
      for (ChainedRecord record : more) {
        if (record.number() > records.size()) {
          records.add(record);
        }
      }
      records.notifyAll();
    }
  }

  @Override
  public Optional<ChainedRecord> last() {
    check();
    List<ChainedRecord> all = records();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  @Override
  public List<ChainedRecord> read(long first, int most) {
    check();
    reads.incrementAndGet();
    return records().stream().filter(r -> r.number() >= first).limit(most).toList();
  }

  @Override
  public void readAll(Reader reader) {
    check();
    for (ChainedRecord record : records()) {
      if (!reader.record(record)) {
        return;
      }
    }
  }

  @Override
  public List<AuditRecord> search(AuditQuery query) {
    check();
    List<AuditRecord> found = new ArrayList<>();
    for (ChainedRecord record : records()) {
      if (record.number() > query.after() && record.entry().action().startsWith(query.action())) {
        found.add(0, record.record());
      }
    }
    return found.stream().limit(query.limit()).toList();
  }

  private void check() {
    if (away) {
      throw new IllegalStateException("the " + name + " is away");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody may interrupt a sink", e);
    }
  }
}
