package org.latchkey.keyagent.internal;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.latchkey.admission.Hold;
import org.latchkey.admission.Quarantine;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Strangers' phones that are on their way to an extension: the key that they had ends once the
 * extension's has registered. Nobody tells of that where a registrar node without an agent has the
 * phone: there it ends a while after the phone has come with the login that came with its new key,
 * which it therefore has kept. {@link #tick} is called by one thread at a time.
 */
final class MovedPhones {

  private static final Logger LOG = LoggerFactory.getLogger(MovedPhones.class);
  private static final Duration PAUSE = Duration.ofSeconds(30);

  /** How long a phone that has fetched with its new login may take to register. */
  static final Duration SETTLES = Duration.ofMinutes(15);

  private static final int MOST_ARRIVED = 10_000;

  private final Neighbours neighbours;
  private final Changes changes;
  private final FirstRegistrations registrations;
  private final Stripes enrolments;
  private final LongSupplier nanoTime;

  /** Successors whose predecessors live still, by name. */
  private final Set<String> begun = ConcurrentHashMap.newKeySet();

  /** Keys with whose login a phone has come, and when first, in nanoseconds of no clock. */
  private final Map<String, Long> arrived = new ConcurrentHashMap<>();

  /** The keys that strangers' phones have become, as the last look found them. */
  private final Set<String> followed = new HashSet<>();

  private final AtomicBoolean full = new AtomicBoolean();

  /** Those of which it was said that the end of their predecessors must wait. */
  private final Set<String> troubled = ConcurrentHashMap.newKeySet();

  private volatile boolean everRead;
  private boolean failing;
  private int failures;
  private long failedAt;

  MovedPhones(
      Neighbours neighbours,
      Changes changes,
      FirstRegistrations registrations,
      Stripes enrolments,
      LongSupplier nanoTime) {
    this.neighbours = neighbours;
    this.changes = changes;
    this.registrations = registrations;
    this.enrolments = enrolments;
    this.nanoTime = nanoTime;
  }

  /** One more is on its way. */
  void begun(String successor) {
    begun.add(successor);
  }

  /** A phone has come with the login of a key, and so has kept what it fetched with it. */
  void cameWith(KeyRecords store, String keyIdentifier) {
    if (begun.isEmpty() || arrived.containsKey(keyIdentifier)) {
      return;
    }
    try {
      if (!mayFollow(store, keyIdentifier)) {
        return;
      }
      if (arrived.size() < MOST_ARRIVED) {
        arrived.put(keyIdentifier, nanoTime.getAsLong());
      } else if (full.compareAndSet(false, true)) {
        LOG.warn("More than {} phones are on their way to an extension", MOST_ARRIVED);
      }
    } catch (StoreUnavailableException e) {
      LOG.debug("Whether {} came with a new login is not known: {}", keyIdentifier, e.getMessage());
    }
  }

  private boolean mayFollow(KeyRecords store, String keyIdentifier) {
    return store
        .key(keyIdentifier)
        .flatMap(key -> store.enrolment(key.enrolment()))
        .filter(one -> begun.contains(one.id()) || one.codeKind() == CodeKind.LOGIN)
        .isPresent();
  }

  /** There may be some in the store that nobody told of. */
  void lookAgain() {
    everRead = false;
  }

  /** Ends the keys of strangers whose successor has registered. */
  void tick() {
    Optional<KeyRecords> store = neighbours.store();
    boolean pause = failures > 0 && nanoTime.getAsLong() - failedAt < pauseNanos();
    if (store.isEmpty() || pause) {
      return;
    }
    failing = false;
    try {
      if (!everRead) {
        everRead = true;
        store.get().enrolments().stream()
            .filter(one -> Successor.predecessor(one).isPresent())
            .forEach(one -> begun.add(one.id()));
      }
      followed.clear();
      begun.removeIf(id -> settled(store.get(), id));
      if (!failing && arrived.keySet().retainAll(followed)) {
        full.set(false);
      }
    } catch (StoreUnavailableException e) {
      everRead = false;
      failing = true;
      LOG.debug("Phones that moved keep the keys that they had for now: {}", e.getMessage());
    }
    failures = failing ? failures + 1 : 0;
    failedAt = nanoTime.getAsLong();
  }

  private boolean settled(KeyRecords store, String id) {
    try {
      boolean settled = ended(store, id);
      troubled.remove(id);
      return settled;
    } catch (RequestRefusedException | AuditUnavailableException e) {
      failing = true;
      if (troubled.add(id)) {
        LOG.warn("The phone of enrolment {} keeps the key that it had: {}", id, e.getMessage());
      }
      return false;
    }
  }

  /**
   * Each try may leave evidence, so that they are not many: half a minute, and twice as long each
   * time, up to an hour.
   */
  private long pauseNanos() {
    return PAUSE.toNanos() << Math.min(failures - 1, 7);
  }

  private boolean ended(KeyRecords store, String id) {
    Optional<Enrolment> successor = store.enrolment(id);
    Optional<String> predecessor = successor.flatMap(Successor::predecessor);
    if (predecessor.isEmpty()) {
      return true;
    }
    List<KeyRecord> chain = Successor.chain(store, successor.get());
    chain.forEach(
        key -> changes.ofSamePhone(key).forEach(one -> followed.add(one.keyIdentifier())));
    Optional<KeyRecord> next =
        chain.stream().anyMatch(this::isInUse)
            ? Optional.of(chain.get(chain.size() - 1))
            : Optional.empty();
    return enrolments.alone(
        predecessor.get(),
        () -> {
          List<KeyRecord> live = liveKeys(store, predecessor.get());
          if (!live.isEmpty() && next.isPresent()) {
            end(live, id, next.get());
          } else if (live.isEmpty() && successor.get().keyIdentifier().isEmpty()) {
            store.updateEnrolment(Successor.forgotten(successor.get(), changes.now()));
          }
          return live.isEmpty() || next.isPresent();
        });
  }

  private List<KeyRecord> liveKeys(KeyRecords store, String enrolment) {
    return store.enrolment(enrolment).flatMap(Enrolment::keyIdentifier).flatMap(store::key).stream()
        .flatMap(key -> changes.ofSamePhone(key).stream())
        .filter(key -> key.revocation().isEmpty())
        .toList();
  }

  /** Whether any of the keys that a phone has from several generations is. */
  private boolean isInUse(KeyRecord key) {
    return changes.ofSamePhone(key).stream()
        .anyMatch(one -> registrations.hasRegistered(one) || isSettled(one));
  }

  private boolean isSettled(KeyRecord key) {
    Long since = arrived.get(key.keyIdentifier());
    return since != null
        && key.revocation().isEmpty()
        && nanoTime.getAsLong() - since >= SETTLES.toNanos();
  }

  /** Its login leads on for a day: a phone that loses what it fetched finds back. */
  private void end(List<KeyRecord> keys, String successor, KeyRecord next) {
    for (KeyRecord key : keys) {
      stayHeld(key.keyIdentifier(), next.keyIdentifier());
    }
    String reason = "its phone has become " + next.aor();
    KeyRecord.Revocation end =
        new KeyRecord.Revocation(changes.now(), "keyagent", reason, Optional.of(successor));
    changes.revoke(
        keys,
        end,
        Optional.empty(),
        keys.stream().map(key -> changes.entry(end.by(), "key.revoked", key, reason)).toList());
  }

  /** Who was held on the way stays held. */
  private void stayHeld(String before, String next) {
    Quarantine quarantine = changes.quarantine();
    for (Hold hold : quarantine.holds(before)) {
      if (hold.kind() == Hold.Kind.HELD) {
        quarantine.hold(next, hold.reason(), hold.by());
      }
    }
  }
}
