package org.latchkey.keyagent.internal;

import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.latchkey.admission.Hold;
import org.latchkey.audit.AuditEntry;
import org.latchkey.key.Aor;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Strangers' phones that become an extension. What a phone has stays in force until the extension's
 * key has registered; then it ends, by {@link #tick}, which one thread at a time calls again and
 * again. One move is begun at a time.
 */
final class Moves {

  private static final Logger LOG = LoggerFactory.getLogger(Moves.class);

  private final Changes changes;
  private final Revocations revocations;
  private final FetchAgain fetchAgain;
  private final Succession succession;
  private final MovedPhones moved;
  private final Stripes enrolments;
  private final Clock clock;

  Moves(
      Neighbours neighbours,
      Changes changes,
      Revocations revocations,
      FirstRegistrations registrations,
      Succession succession,
      Stripes enrolments,
      Clock clock,
      LongSupplier nanoTime) {
    this.succession = succession;
    this.moved = new MovedPhones(neighbours, changes, registrations, enrolments, nanoTime);
    this.changes = changes;
    this.enrolments = enrolments;
    this.revocations = revocations;
    this.fetchAgain = new FetchAgain(neighbours);
    this.clock = clock;
  }

  /** Does something while nobody else begins a move. */
  synchronized <T> T alone(Supplier<T> action) {
    return action.get();
  }

  /**
   * Why the phone of a key can't become an extension; empty when it can: it is a stranger's that
   * waits for approval, and nobody holds it beside that.
   *
   * @throws RequestRefusedException when nobody knows at present
   */
  Optional<String> obstacle(KeyRecords store, KeyRecord key) {
    if (key.revocation().isPresent() || revocations.contains(key.keyIdentifier())) {
      return Optional.of("its key is revoked");
    }
    boolean stranger =
        store
            .enrolment(key.enrolment())
            .filter(one -> one.codeKind() == CodeKind.STRANGER)
            .isPresent();
    List<Hold> holds = stranger ? changes.quarantine().holds(key.keyIdentifier()) : List.of();
    if (holds.stream().noneMatch(hold -> hold.kind() == Hold.Kind.AWAITS_APPROVAL)) {
      return Optional.of("it is no stranger's that waits for approval");
    }
    boolean held = holds.stream().anyMatch(hold -> hold.kind() == Hold.Kind.HELD);
    return held ? Optional.of("it is held") : Optional.empty();
  }

  /** What a stranger's phone becomes already. */
  Optional<Enrolment> becomes(KeyRecords store, KeyRecord key) {
    return Successor.of(store, key.enrolment(), clock.instant());
  }

  /**
   * Gives a stranger's phone an extension, in the place of one that it was given and has not
   * fetched.
   *
   * @return the successor's enrolment; empty when the phone is none of these
   * @throws RequestRefusedException when it has fetched the key of another extension
   */
  Optional<Enrolment> assign(String keyIdentifier, Aor aor, String id, String actor) {
    return alone(() -> assigned(keyIdentifier, aor, id, actor));
  }

  private Optional<Enrolment> assigned(String keyIdentifier, Aor aor, String id, String actor) {
    KeyRecords store = changes.store();
    Optional<KeyRecord> found =
        store.key(keyIdentifier).filter(key -> obstacle(store, key).isEmpty());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    KeyRecord key = found.get();
    Enrolment ordered =
        new Enrolment(
            id,
            aor,
            key.device(),
            key.line(),
            key.displayName(),
            false,
            CodeKind.LOGIN,
            "",
            actor,
            changes.now(),
            KeyDesk.NEVER,
            0,
            Optional.empty());
    Supplier<Enrolment> action = () -> assigned(store, key, ordered);
    return Optional.of(
        Successor.last(store, key.enrolment())
            .map(before -> enrolments.alone(before.id(), action))
            .orElseGet(action));
  }

  /** While nobody fetches the key of the one before, which is there until this one is. */
  private Enrolment assigned(KeyRecords store, KeyRecord key, Enrolment ordered) {
    becomes(store, key)
        .flatMap(Enrolment::keyIdentifier)
        .ifPresent(
            next -> {
              throw new RequestRefusedException(
                  "The phone of %s has fetched the key %s already: assign that one."
                      .formatted(key.keyIdentifier(), next));
            });
    succession
        .ended(store, ordered)
        .ifPresent(
            why -> {
              throw new RequestRefusedException("Nothing was done: " + why + '.');
            });
    changes.evidence(List.of(entry(ordered.createdBy(), "key.assigned", key, ordered)));
    Optional<Enrolment> before = Successor.last(store, key.enrolment());
    Enrolment successor = successor(store, key, ordered, Optional.empty());
    written(() -> store.addEnrolments(List.of(successor)));
    before.ifPresent(one -> store.updateEnrolment(Successor.forgotten(one, changes.now())));
    begun(key, successor);
    return successor;
  }

  /**
   * Makes an enrolment that is in the store the successor of a stranger's key, by one write. The
   * caller has seen, {@link #alone}, that nothing is in the way.
   *
   * @param place where its user dialled, and its key is fetched
   */
  void begin(KeyRecords store, KeyRecord key, Enrolment pin, InetAddress place) {
    changes.evidence(List.of(entry("phone", "pin.used", key, pin)));
    forgetLast(store, key);
    Enrolment successor = successor(store, key, pin, Optional.of(place));
    written(() -> store.updateEnrolment(successor));
    begun(key, successor);
  }

  /** What the store may have taken though its answer was lost is looked for again. */
  private void written(Runnable write) {
    try {
      write.run();
    } catch (StoreUnavailableException e) {
      moved.lookAgain();
      throw e;
    }
  }

  private Enrolment successor(
      KeyRecords store, KeyRecord key, Enrolment one, Optional<InetAddress> place) {
    return Successor.after(store.enrolment(key.enrolment()).orElseThrow(), one, place);
  }

  /** One that was taken back is not found any more. */
  private void forgetLast(KeyRecords store, KeyRecord key) {
    Successor.last(store, key.enrolment())
        .ifPresent(one -> store.updateEnrolment(Successor.forgotten(one, changes.now())));
  }

  private AuditEntry entry(String actor, String action, KeyRecord key, Enrolment successor) {
    String detail =
        "To %s, enrolment %s; its key works until that one's has registered"
            .formatted(successor.aor(), successor.id());
    return changes.entry(actor, action, key, detail);
  }

  private void begun(KeyRecord key, Enrolment successor) {
    moved.begun(successor.id());
    LOG.info("The phone of {} becomes {}", key.keyIdentifier(), successor.aor());
  }

  /** Tells a phone that it has another key to fetch; one that can't be told does so by itself. */
  void tell(KeyRecord key) {
    fetchAgain.tell(key);
  }

  /** A phone has come with the login of a key. */
  void cameWith(KeyRecords store, String keyIdentifier) {
    moved.cameWith(store, keyIdentifier);
  }

  /** Ends the keys of strangers whose successor has registered. */
  void tick() {
    moved.tick();
  }
}
