package org.latchkey.keyagent.internal;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.latchkey.admission.Hold;
import org.latchkey.admission.Quarantine;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Enrolment;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the login of a stranger's phone leads that becomes an extension. Others may have that login
 * too, since it was given to whoever said the MAC address: the extension's key goes to one address
 * alone, that of the phone at which its user dialled, or where the stranger's key is registered.
 * The store has that address, so that no restart forgets it.
 */
final class Succession {

  private static final Logger LOG = LoggerFactory.getLogger(Succession.class);

  /** How long after the successor registered a phone finds back that has lost what it fetched. */
  private static final Duration WAY_BACK = Duration.ofDays(1);

  private final Neighbours neighbours;
  private final Changes changes;
  private final Evidence evidence;
  private final Stripes enrolments;
  private final Clock clock;

  private final Set<String> alarmed = ConcurrentHashMap.newKeySet();

  Succession(Neighbours neighbours, Changes changes, Stripes enrolments, Clock clock) {
    this.neighbours = neighbours;
    this.changes = changes;
    this.evidence = new Evidence(neighbours);
    this.enrolments = enrolments;
    this.clock = clock;
  }

  /**
   * The enrolment that follows that of a stranger's live key. One whose extension was revoked or
   * held since, before its key was fetched, follows no more.
   */
  Optional<String> of(KeyRecords store, KeyRecord stranger) {
    return Successor.of(store, stranger.enrolment(), clock.instant())
        .map(Enrolment::id)
        .filter(id -> enrolments.alone(id, () -> stands(store, id)));
  }

  private boolean stands(KeyRecords store, String id) {
    Optional<Enrolment> open = store.enrolment(id).filter(one -> one.keyIdentifier().isEmpty());
    Optional<String> end = open.flatMap(one -> ended(store, one));
    end.ifPresent(
        why -> {
          Enrolment one = open.orElseThrow();
          evidence.append(
              changes.entry("keyagent", "enrolment.cancelled", one, why + ", enrolment " + id));
          store.updateEnrolment(Successor.forgotten(one, changes.now()));
        });
    return end.isEmpty();
  }

  /**
   * Why the extension of an enrolment is not given away: it was revoked since, or is held.
   *
   * @throws UnavailableException when nobody knows at present
   */
  Optional<String> ended(KeyRecords store, Enrolment one) {
    Quarantine quarantine =
        neighbours
            .quarantine()
            .orElseThrow(() -> new UnavailableException("The quarantine is away"));
    for (KeyRecord key : store.keysOf(one.aor())) {
      boolean revoked =
          key.revocation()
              .filter(end -> end.successor().isEmpty() && !end.at().isBefore(one.createdAt()))
              .isPresent();
      if (revoked && key.replacedBy().isEmpty()) {
        return Optional.of("the extension was revoked since");
      }
      boolean held =
          quarantine.holds(key.keyIdentifier()).stream()
              .anyMatch(hold -> hold.kind() != Hold.Kind.LEFT_BEHIND);
      if (key.revocation().isEmpty() && held) {
        return Optional.of("the extension is held");
      }
    }
    return Optional.empty();
  }

  /** Why who has the login of a key does not get that of the enrolment which follows. */
  Optional<DenialReason> refusal(
      KeyRecords store, KeyRecord key, String successor, InetAddress source) {
    Optional<Enrolment> stranger =
        store
            .enrolment(successor)
            .filter(one -> Successor.predecessor(one).equals(Optional.of(key.enrolment())));
    if (stranger.isEmpty()) {
      return Optional.empty();
    }
    List<KeyRecord> chain = Successor.chain(store, stranger.get());
    if (isLate(key, chain)) {
      return Optional.of(DenialReason.ALREADY_REGISTERED);
    }
    if (isPlace(store, key, stranger.get(), source)) {
      return Optional.empty();
    }
    alarm(stranger.get(), source);
    return Optional.of(DenialReason.OTHER_PLACE);
  }

  private boolean isLate(KeyRecord key, List<KeyRecord> chain) {
    Optional<Instant> end = key.revocation().map(KeyRecord.Revocation::at);
    return end.or(() -> chain.stream().flatMap(one -> one.registeredAt().stream()).findFirst())
        .filter(at -> clock.instant().isAfter(at.plus(WAY_BACK)))
        .isPresent();
  }

  private boolean isPlace(
      KeyRecords store, KeyRecord key, Enrolment successor, InetAddress source) {
    Optional<String> place = Successor.place(successor);
    if (place.isPresent()) {
      return place.get().equals(Successor.text(source));
    }
    Set<String> registered = registered(key, Successor.chain(store, successor));
    return (registered.isEmpty() || registered.equals(Set.of(Successor.text(source))))
        && enrolments.alone(successor.id(), () -> isKept(store, successor.id(), source));
  }

  /**
   * Who asks first, where nobody dialled, has the place: it is on disk before the key is, and of
   * two agents of one store one alone writes it.
   */
  private static boolean isKept(KeyRecords store, String successor, InetAddress source) {
    Optional<Enrolment> now = store.enrolment(successor);
    Optional<String> predecessor = now.flatMap(Successor::predecessor);
    if (predecessor.isEmpty()) {
      return false;
    }
    return now.flatMap(Successor::place)
        .map(Successor.text(source)::equals)
        .orElseGet(
            () -> {
              String placed = Successor.placed(predecessor.get(), source);
              return store.replaceCodeHash(successor, now.get().codeHash(), placed)
                  || store
                      .enrolment(successor)
                      .filter(one -> one.codeHash().equals(placed))
                      .isPresent();
            });
  }

  /** The addresses at which the phone is registered, with what it had or has. */
  private Set<String> registered(KeyRecord key, List<KeyRecord> chain) {
    Set<String> names = chain.stream().map(KeyRecord::keyIdentifier).collect(Collectors.toSet());
    changes.ofSamePhone(key).forEach(one -> names.add(one.keyIdentifier()));
    return neighbours.pbxs().stream()
        .flatMap(pbx -> pbx.registrations().stream())
        .filter(one -> names.contains(one.keyIdentifier()))
        .map(one -> host(one.source()))
        .collect(Collectors.toSet());
  }

  private static String host(String hostPort) {
    int colon = hostPort.lastIndexOf(':');
    String host = hostPort.substring(0, Math.max(0, colon)).replaceAll("[\\[\\]]", "");
    return Successor.withoutScope(host);
  }

  /** Once for each move: who asks there asks again and again. */
  private void alarm(Enrolment successor, InetAddress source) {
    if (!alarmed.add(successor.id())) {
      return;
    }
    String words =
        "Asked for the key of an extension with a stranger's login, from another address than its"
            + " phone's; enrolment "
            + successor.id();
    LOG.warn("{}: {} {}", source.getHostAddress(), words, successor.aor());
    try {
      evidence.append(
          new AuditEntry(
              changes.now(),
              "phone",
              "move.refused",
              "",
              successor.aor().toString(),
              successor.device().orElse(""),
              source.getHostAddress(),
              words));
    } catch (AuditUnavailableException e) {
      LOG.warn("That could not be audited: {}", e.getMessage());
    }
  }
}
