package org.latchkey.audit.internal.chain;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditSink;
import org.latchkey.audit.AuditUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that adds to the chain. Entries that wait together are written together; what no
 * archive could confirm is refused to its caller.
 */
final class ChainWriter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ChainWriter.class);

  private static final Request NOTHING = new Request(List.of());

  /**
   * How long things may take.
   *
   * @param sink until a sink counts as hanging
   * @param start until archives are given up that have not answered since the start
   * @param tick from one look at sinks that failed to the next
   */
  record Patience(Duration sink, Duration start, Duration tick) {

    static final Patience USUAL =
        new Patience(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofMillis(500));
  }

  /** How a process leaves the chain. */
  enum Ending {
    /** It added nothing. */
    NOTHING_ADDED,
    /** All that was given a number is confirmed, and all archives were compared with it. */
    IN_ORDER,
    /** Some archive may have, or get, more than that. */
    OPEN
  }

  private final Sinks sinks;
  private final IntSupplier archives;
  private final LinkedBlockingQueue<Request> queue = new LinkedBlockingQueue<>();
  private final Deque<Request> waiting = new ArrayDeque<>();
  private final Beginning beginning;
  private final Patience patience;
  private final Chain chain;
  private final Confirmed confirmed = new Confirmed();
  private final Found found = new Found();
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Starts the thread.
   *
   * @param archives how many archives this node has when all its bundles run
   * @param left what the process before left, when it has been read
   */
  ChainWriter(IntSupplier archives, Future<Left> left, Patience patience, Clock clock) {
    this.archives = archives;
    this.patience = patience;
    this.sinks = new Sinks(patience.sink());
    this.chain = new Chain(sinks, confirmed, found, patience.sink(), clock);
    this.beginning = new Beginning(sinks, archives, found, left, patience.start().toNanos());
    this.thread = new Thread(this::run, "latchkey-audit");
    thread.setDaemon(true);
    thread.start();
  }

  Sinks sinks() {
    return sinks;
  }

  /** What archives held at the start. */
  Found found() {
    return found;
  }

  /** How it ended, after {@link #close}. */
  Ending ending() {
    if (!chain.isBegun()) {
      return Ending.NOTHING_ADDED;
    }
    boolean all = chain.comparedArchives() >= Math.max(1, archives.getAsInt());
    if (all && chain.isSettled() && !chain.hasNotes()) {
      return Ending.IN_ORDER;
    }
    return chain.hasAdded() ? Ending.OPEN : Ending.NOTHING_ADDED;
  }

  /** Why nothing can be written, for whoever is refused. */
  String reasons() {
    return chain.isBegun() ? sinks.reasons() : beginning.waitsFor();
  }

  /** The last record that an archive has confirmed. */
  Confirmed confirmed() {
    return confirmed;
  }

  void add(AuditSink sink, int ranking) {
    sinks.add(sink, ranking, confirmed.link());
    queue.add(NOTHING);
  }

  void remove(AuditSink sink) {
    sinks.remove(sink);
  }

  /**
   * Writes entries.
   *
   * @throws AuditUnavailableException when no archive has confirmed them all
   */
  void append(List<AuditEntry> entries) {
    Request request = new Request(entries);
    synchronized (queue) {
      if (closed) {
        request.refused("it has been stopped");
      } else {
        queue.add(request);
      }
    }
    request.await();
  }

  private void run() {
    while (!closed) {
      try {
        Request first = queue.poll(patience.tick().toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
          waiting.add(first);
          queue.drainTo(waiting);
        }
        waiting.removeIf(request -> request == NOTHING);
        step();
      } catch (InterruptedException e) {
        LOG.error("The audit log's thread was interrupted; it goes on", e);
      } catch (RuntimeException | Error e) {
        // An error, too: memory that ran out comes back, and nobody waits for a thread that ended.
        LOG.error("The audit log failed", e);
        refuseAll("it failed, see the log");
      }
    }
    queue.drainTo(waiting);
    refuseAll("it has been stopped");
  }

  private void step() {
    if (!chain.isBegun()) {
      beginning.look().ifPresent(chain::begin);
      if (!chain.isBegun()) {
        if (beginning.isPatienceOver()) {
          refuseAll("where it goes on is not known. " + beginning.waitsFor());
        }
        return;
      }
    }
    chain.look(waiting.isEmpty());
    if (!waiting.isEmpty() || chain.hasNotes()) {
      writeWaiting();
    }
  }

  private void writeWaiting() {
    if (!chain.awaitWritable()) {
      refuseAll(sinks.reasons());
      return;
    }
    boolean written = true;
    while (written && (!waiting.isEmpty() || chain.hasNotes())) {
      written = batch();
    }
  }

  /** Writes what is first in line; false when it had to be refused. */
  private boolean batch() {
    List<Request> requests = new ArrayList<>();
    List<AuditEntry> entries = new ArrayList<>();
    while (!waiting.isEmpty() && entries.size() < Chain.BATCH) {
      Request request = waiting.remove();
      if (!request.isOver()) {
        requests.add(request);
        entries.addAll(request.entries());
      }
    }
    boolean written = false;
    try {
      written = chain.append(entries);
    } finally {
      if (!written) {
        String why = sinks.reasons();
        requests.forEach(request -> request.refused(why));
        refuseAll(why);
      }
    }
    if (written) {
      requests.forEach(ChainWriter::tell);
    }
    return written;
  }

  private static void tell(Request request) {
    if (!request.written()) {
      LOG.warn(
          "The audit log has {} records of what was refused, since it answered too late",
          request.entries().size());
    }
  }

  private void refuseAll(String why) {
    waiting.forEach(request -> request.refused(why));
    waiting.clear();
  }

  /** Refuses what waits, and ends the thread; a sink that hangs is not waited for. */
  @Override
  public void close() {
    synchronized (queue) {
      closed = true;
      queue.add(NOTHING);
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    sinks.close();
  }
}
