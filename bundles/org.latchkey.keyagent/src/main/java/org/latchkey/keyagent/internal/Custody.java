package org.latchkey.keyagent.internal;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.latchkey.key.KeyPurpose;
import org.latchkey.keyscheme.HmacPrf;
import org.latchkey.keyscheme.Prf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the enterprise master key in memory, and knows whether it may be used. {@link #look()} finds
 * out anew; everything else answers from memory without a lock, from any thread.
 *
 * <p>A key in memory that has proved right goes on checking when its file or the store goes away;
 * nothing is made then.
 */
final class Custody implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Custody.class);

  /** How long the other bundles may take to start before their absence is worth a word. */
  private static final Duration STARTING = Duration.ofSeconds(20);

  static final String NONE_ISSUES = "No generation issues: latchkey:rotate makes one that does";

  private final Inspection inspection;
  private final LongSupplier nanoTime;
  private final long started;
  private final AtomicLong revision;
  private volatile Standing standing =
      Standing.down("The key agent has not looked for its key yet");
  private Standing reported = standing;
  private final Object lookLock = new Object();
  private final ReadWriteLock making = new ReentrantReadWriteLock();
  private volatile boolean closed;

  /**
   * Knows nothing until it looks.
   *
   * @param firstRevision a number that no earlier custody of this node has used
   */
  Custody(Inspection inspection, LongSupplier nanoTime, long firstRevision) {
    this.inspection = inspection;
    this.nanoTime = nanoTime;
    this.started = nanoTime.getAsLong();
    this.revision = new AtomicLong(firstRevision);
  }

  /**
   * Looks at keystore, snapshot and store, and makes the first master key if that is called for.
   */
  void look() {
    synchronized (lookLock) {
      if (!closed) {
        publish(inspection.of(standing));
        report(standing);
      }
    }
  }

  Standing standing() {
    return standing;
  }

  long revision() {
    return revision.get();
  }

  /**
   * The generation that new keys are made with.
   *
   * @throws UnavailableException when nothing may be made
   */
  int issuingGeneration() {
    Standing now = standing;
    if (now.issuing().isPresent()) {
      throw new UnavailableException(now.issuing().get());
    }
    return now.roster().issuing().orElseThrow(() -> new UnavailableException(NONE_ISSUES));
  }

  /** Which generation does what. */
  Roster roster() {
    return standing.roster();
  }

  /** Makes keys, with one issuing generation from beginning to end. */
  <T> T making(Supplier<T> action) {
    making.readLock().lock();
    try {
      return action.get();
    } finally {
      making.readLock().unlock();
    }
  }

  /** Changes which generation issues, while no key is being made; looks at once. */
  void switching(Runnable change) {
    making.writeLock().lock();
    try {
      change.run();
      look();
    } finally {
      making.writeLock().unlock();
    }
  }

  /** Does something while nobody looks. */
  <T> T alone(Supplier<T> action) {
    synchronized (lookLock) {
      return action.get();
    }
  }

  /** The generations that verify; none when nothing can be checked. */
  Set<Integer> generations() {
    Standing now = standing;
    Set<Integer> numbers = new TreeSet<>(now.roster().verifying());
    numbers.retainAll(now.keys().map(MasterKeys::generations).orElse(Set.of()));
    return numbers;
  }

  /**
   * The master keys.
   *
   * @throws UnavailableException when there are none
   */
  MasterKeys keys() {
    return keys(standing);
  }

  /**
   * A subkey, for the caller to close.
   *
   * @throws UnavailableException when there is none
   */
  Prf subkey(int generation, KeyPurpose purpose, String realm, String domain) {
    byte[] bytes =
        subkeyBytes(generation, purpose, realm, domain)
            .orElseThrow(
                () -> new UnavailableException("Generation " + generation + " has no key here"));
    try {
      return new HmacPrf(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** The bytes of a subkey, for the caller to wipe; empty when the generation does not verify. */
  Optional<byte[]> subkeyBytes(int generation, KeyPurpose purpose, String realm, String domain) {
    Standing now = standing;
    try {
      return now.keys()
          .filter(keys -> now.roster().verifies(generation))
          .flatMap(keys -> keys.subkey(generation, purpose, realm, domain));
    } catch (UncheckedIOException away) {
      return Optional.empty();
    } catch (IllegalStateException wiped) {
      // The keys were exchanged in between.
      return standing.equals(now)
          ? Optional.empty()
          : subkeyBytes(generation, purpose, realm, domain);
    }
  }

  /** Wipes the keys, also while a look still waits for the store. */
  @Override
  public synchronized void close() {
    exchange(Standing.down("The key agent was stopped"));
    closed = true;
  }

  private synchronized void publish(Standing next) {
    Standing before = standing;
    if (closed) {
      next.keys().ifPresent(MasterKeys::close);
    } else if (!next.equals(before)) {
      exchange(next);
    }
  }

  private void exchange(Standing next) {
    Standing before = standing;
    standing = next;
    boolean otherKeys = !next.keys().equals(before.keys());
    if (otherKeys || !next.roster().equals(before.roster())) {
      revision.incrementAndGet();
    }
    if (otherKeys) {
      before.keys().ifPresent(MasterKeys::close);
    }
  }

  private void report(Standing next) {
    boolean starting = nanoTime.getAsLong() - started < STARTING.toNanos();
    if (closed || next.equals(reported) || (next.waiting() && starting)) {
      return;
    }
    Standing before = reported;
    reported = next;
    if (next.issuing().isEmpty()) {
      LOG.info("The generations of the master key: {}", next.roster().text());
    } else if (next.checking().isPresent() && !next.checking().equals(before.checking())) {
      LOG.error("No key is issued or checked: {}", next.checking().get());
    } else if (!next.issuing().equals(before.issuing())) {
      LOG.warn("No key is issued, keys are checked from memory: {}", next.issuing().get());
    }
    if (next.note().isPresent() && !next.note().equals(before.note())) {
      LOG.warn("{}", next.note().get());
    }
  }

  private static MasterKeys keys(Standing standing) {
    return standing
        .keys()
        .orElseThrow(
            () -> new UnavailableException(standing.checking().orElse("There is no master key")));
  }
}
