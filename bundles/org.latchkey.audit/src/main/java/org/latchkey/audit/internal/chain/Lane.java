package org.latchkey.audit.internal.chain;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.latchkey.audit.AuditArchive;
import org.latchkey.audit.AuditSink;
import org.latchkey.audit.ChainedRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sink and the one thread that calls it, so that a call that hangs holds up nobody else. All but
 * the getters is for the chain's thread alone.
 */
final class Lane {

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  private static final String STOPPED = "it has been stopped";
  private static final long UNKNOWN = -1;
  private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_PAUSE = TimeUnit.MINUTES.toNanos(5);

  /** How a sink is. */
  enum State {
    /** It has not been compared with the chain yet, or lacks records. */
    BEHIND,
    /** It has what the chain has. */
    CURRENT,
    /** Its last call failed. */
    FAILED,
    /** Its last call has not returned in time. */
    HANGING,
    /** It holds records that are not the chain's. */
    FORKED
  }

  private final AuditSink sink;
  private final int ranking;
  private final Duration longest;
  private final ExecutorService thread;
  private @Nullable Future<Link> work;
  private Link begunAt = Link.START;
  private long begunNanos;
  private volatile Link position;
  private volatile State state = State.BEHIND;
  private volatile String reason = "it was not asked yet";
  private volatile Optional<String> damage = Optional.empty();
  private volatile long found = UNKNOWN;
  private boolean foundTaken;
  private volatile boolean wasCurrent;

  /** How long it is left alone after a failure that took long to find, and since when. */
  private long pauseNanos;

  private long pauseBegan;

  /**
   * A lane for a sink.
   *
   * @param ranking of its service: those with a higher one are searched first
   * @param known up to where it has all, if it can't be asked
   * @param longest how long a call may take
   */
  Lane(AuditSink sink, int ranking, Link known, Duration longest) {
    this.sink = sink;
    this.ranking = ranking;
    this.longest = longest;
    this.position = known;
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread made = new Thread(task, "latchkey-audit-" + sink.name());
              made.setDaemon(true);
              return made;
            });
  }

  AuditSink sink() {
    return sink;
  }

  Optional<AuditArchive> archive() {
    return sink instanceof AuditArchive archive ? Optional.of(archive) : Optional.empty();
  }

  int ranking() {
    return ranking;
  }

  State state() {
    return state;
  }

  /** Why it is not current. */
  String reason() {
    return reason;
  }

  Link position() {
    return position;
  }

  /** The last record that it is known to have; empty when it was never asked. */
  OptionalLong has() {
    long known = Math.max(position.number(), found);
    return known > 0 || found == 0 ? OptionalLong.of(known) : OptionalLong.empty();
  }

  /** Whether it has had all that the chain had. */
  boolean wasCurrent() {
    return wasCurrent;
  }

  /** Whether it is known to have nothing beyond the end of the chain that is the chain's. */
  boolean wasComparedUpTo(Link end) {
    return state == State.FORKED || (found != UNKNOWN && found <= end.number());
  }

  Optional<String> damage() {
    return damage;
  }

  void damaged(Optional<String> sentence) {
    damage = sentence;
  }

  /** Whether something was begun and not fetched yet. */
  boolean isBusy() {
    return work != null;
  }

  /** A question of another's was answered by a failure. */
  void failed(String why) {
    become(State.FAILED, why);
  }

  /** It holds what can't be the chain's. */
  void conflicts(String why) {
    become(State.FORKED, why);
  }

  /** For one that can't be asked: it gets what comes after this, and nothing of before. */
  void startsAt(Link link) {
    if (archive().isEmpty()) {
      position = link;
    }
  }

  /** With which record it ended when it was first asked, as soon as that is known, and once. */
  OptionalLong takeFound() {
    if (foundTaken || found == UNKNOWN) {
      return OptionalLong.empty();
    }
    foundTaken = true;
    return OptionalLong.of(found);
  }

  private void noteFound(long number) {
    if (found == UNKNOWN) {
      found = number;
    }
  }

  /** Whether it was compared with a chain that ended there. */
  boolean wasComparedWith(Link end) {
    return begunAt.equals(end);
  }

  /** Another lane knows more: it lacks records now. */
  void fallBehind() {
    if (state == State.CURRENT) {
      state = State.BEHIND;
    }
  }

  /** Begins to bring it to the end of the chain, unless it is busy, current or forked. */
  void catchUp(CatchUp.Others others) {
    if (!isBusy() && !isPausing() && state != State.CURRENT && state != State.FORKED) {
      begunAt = others.recent().end();
      begin(new CatchUp(sink, position, others, this::noteFound));
    }
  }

  private boolean isPausing() {
    return System.nanoTime() - pauseBegan < pauseNanos;
  }

  private void pauseAfter(@Nullable Throwable cause) {
    pauseBegan = System.nanoTime();
    pauseNanos =
        cause instanceof SealException
            ? Math.min(LONGEST_PAUSE, Math.max(FIRST_PAUSE, 2 * pauseNanos))
            : 0;
  }

  /**
   * Begins to write what it lacks of the last records; only for one that is current. One that is
   * busy gets them with the next ones.
   */
  void write(Recent recent) {
    if (isBusy()) {
      return;
    }
    List<ChainedRecord> records = recent.after(position.number());
    begin(
        () -> {
          sink.write(records);
          return recent.end();
        });
  }

  /** Asks something that is no writing; the answer is left to the caller. */
  <T> Future<T> ask(Callable<T> question) {
    try {
      return thread.submit(question);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(new IllegalStateException(STOPPED, e));
    }
  }

  private void begin(Callable<Link> task) {
    try {
      begunNanos = System.nanoTime();
      work = thread.submit(task);
    } catch (RejectedExecutionException e) {
      become(State.FAILED, STOPPED);
    }
  }

  /**
   * Waits for what was begun, until {@link System#nanoTime} is {@code deadline}.
   *
   * @return whether it has got where it should; false also when nothing was begun
   */
  boolean await(long deadline) {
    Future<Link> begun = work;
    if (begun == null) {
      return false;
    }
    try {
      position = begun.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      work = null;
      become(State.CURRENT, "");
      return true;
    } catch (TimeoutException e) {
      become(State.HANGING, "it has not answered in time");
    } catch (ExecutionException e) {
      work = null;
      pauseAfter(e.getCause());
      become(
          e.getCause() instanceof ForkException ? State.FORKED : State.FAILED, Failures.words(e));
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the chain's thread", e);
    }
    return false;
  }

  /** Takes note of what has been done meanwhile, without waiting. */
  void look() {
    Future<Link> begun = work;
    if (begun != null && (begun.isDone() || System.nanoTime() - begunNanos > longest.toNanos())) {
      boolean unused = await(System.nanoTime());
    }
  }

  private void become(State next, String why) {
    if (state != next) {
      if (next == State.CURRENT) {
        LOG.info("Audit records go to the {} too, from {} on", sink.name(), position.number());
      } else {
        LOG.warn("The audit sink {} is not written to: {}", sink.name(), why);
      }
    }
    wasCurrent |= next == State.CURRENT;
    reason = why;
    state = next;
  }

  /** Ends the thread when its work is done; it is not interrupted, which would close files. */
  void close() {
    thread.shutdown();
  }
}
