package org.latchkey.keyagent.internal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes the first registration of each key in the store, later and without being waited for. What
 * the store can't take is kept, up to a bound, and tried again; beyond it, the phone's next
 * registration notes it.
 */
final class FirstRegistrations {

  private static final Logger LOG = LoggerFactory.getLogger(FirstRegistrations.class);
  private static final int MOST_WAITING = 100_000;
  private static final int MOST_KNOWN = 200_000;

  private final Neighbours neighbours;
  private final Map<String, Instant> waiting = new ConcurrentHashMap<>();
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean overflowed = new AtomicBoolean();

  FirstRegistrations(Neighbours neighbours) {
    this.neighbours = neighbours;
  }

  /**
   * Notes a registration. From any thread; returns at once.
   *
   * @return whether there is something for {@link #flush()} to do
   */
  boolean note(String keyIdentifier, Instant at) {
    if (known.contains(keyIdentifier)) {
      return false;
    }
    if (waiting.size() >= MOST_WAITING) {
      if (overflowed.compareAndSet(false, true)) {
        LOG.warn("More than {} first registrations wait for the store", MOST_WAITING);
      }
      return false;
    }
    Instant first = at.truncatedTo(ChronoUnit.MICROS);
    return waiting.putIfAbsent(keyIdentifier, first) == null;
  }

  /** Whether this key is known here to have registered, though the store may not know yet. */
  boolean contains(String keyIdentifier) {
    return waiting.containsKey(keyIdentifier) || known.contains(keyIdentifier);
  }

  /** Whether a key has registered, by what is known here or in the store. */
  boolean hasRegistered(KeyRecord key) {
    return key.registeredAt().isPresent() || contains(key.keyIdentifier());
  }

  /** How many the store does not know yet. */
  int waiting() {
    return waiting.size();
  }

  /** Writes what waits, as far as the store takes it. By one thread at a time. */
  void flush() {
    KeyRecords store = neighbours.store().orElse(null);
    if (store == null || waiting.isEmpty()) {
      return;
    }
    try {
      waiting.forEach((keyIdentifier, at) -> write(store, keyIdentifier, at));
      overflowed.set(false);
    } catch (StoreUnavailableException e) {
      LOG.debug("First registrations wait for the store: {}", e.getMessage());
    }
  }

  private void write(KeyRecords store, String keyIdentifier, Instant at) {
    store.registered(keyIdentifier, at);
    if (known.size() >= MOST_KNOWN) {
      known.clear();
    }
    known.add(keyIdentifier);
    waiting.remove(keyIdentifier, at);
  }
}
