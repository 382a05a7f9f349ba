package org.latchkey.keyagent.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.StoreUnavailableException;
import org.latchkey.pbx.PbxControl;
import org.latchkey.pbx.Registration;
import org.latchkey.phone.PhoneProfile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells phones on an earlier generation to fetch their configuration: those that are registered and
 * whose family knows such an event, so many a second, and who has not moved by then again an hour
 * later. {@link #tick} is called once a second, by one thread at a time.
 */
final class CheckSyncs {

  private static final Logger LOG = LoggerFactory.getLogger(CheckSyncs.class);
  private static final Duration ROUND = Duration.ofHours(1);

  private final int perSecond;
  private final Custody custody;
  private final Neighbours neighbours;
  private final FirstRegistrations registrations;
  private final Evidence evidence;
  private final Clock clock;
  private final Deque<Call> waiting = new ArrayDeque<>();
  private volatile Instant nextRound = Instant.MIN;

  /** A phone that is to be told, by the event that its family knows. */
  private record Call(PbxControl pbx, String keyIdentifier, String event) {}

  CheckSyncs(
      int perSecond,
      Custody custody,
      Neighbours neighbours,
      FirstRegistrations registrations,
      Clock clock) {
    this.perSecond = perSecond;
    this.custody = custody;
    this.neighbours = neighbours;
    this.registrations = registrations;
    this.evidence = new Evidence(neighbours);
    this.clock = clock;
  }

  /** Begins the next round with the next tick. */
  void soon() {
    nextRound = Instant.MIN;
  }

  /** Tells the next phones. */
  void tick() {
    if (waiting.isEmpty() && !clock.instant().isBefore(nextRound)) {
      nextRound = clock.instant().plus(ROUND);
      try {
        begin();
      } catch (StoreUnavailableException | AuditUnavailableException e) {
        LOG.warn("Phones are told to fetch their next key later: {}", e.getMessage());
      }
    }
    for (int i = 0; i < perSecond && !waiting.isEmpty(); i++) {
      tell(waiting.remove());
    }
  }

  private void begin() {
    Roster roster = custody.roster();
    Optional<KeyRecords> store = neighbours.store();
    if (store.isEmpty() || roster.issuing().isEmpty() || roster.verifying().size() < 2) {
      return;
    }
    Map<String, String> events =
        neighbours.profiles().stream()
            .filter(profile -> profile.traits().checkSyncEvent().isPresent())
            .collect(
                Collectors.toMap(
                    PhoneProfile::name,
                    profile -> profile.traits().checkSyncEvent().orElseThrow(),
                    (one, other) -> one));
    Movement movement = new Movement(store.get().keys(), registrations);
    Map<String, String> toldBy =
        roster.verifying().stream()
            .filter(number -> !roster.issuing().equals(Optional.of(number)))
            .flatMap(number -> movement.left(number).stream())
            .filter(key -> events.containsKey(key.profile()))
            .collect(
                Collectors.toMap(
                    KeyRecord::keyIdentifier, key -> events.getOrDefault(key.profile(), "")));
    neighbours.pbxs().forEach(pbx -> add(pbx, toldBy));
    if (!waiting.isEmpty()) {
      String detail = waiting.size() + " phones are told to fetch their next key";
      try {
        evidence.append(
            new AuditEntry(
                clock.instant(), "keyagent", "phone.check-sync", "", "", "", "", detail));
      } catch (AuditUnavailableException e) {
        waiting.clear();
        throw e;
      }
    }
  }

  private void add(PbxControl pbx, Map<String, String> toldBy) {
    if (toldBy.isEmpty()) {
      return;
    }
    try {
      List<Registration> live = pbx.registrations();
      Set<String> names =
          live.stream().map(Registration::keyIdentifier).collect(Collectors.toSet());
      toldBy.forEach(
          (key, event) -> {
            if (names.contains(key)) {
              waiting.add(new Call(pbx, key, event));
            }
          });
    } catch (RuntimeException e) {
      LOG.warn("The PBX {} did not list its registrations", pbx.name(), e);
    }
  }

  private static void tell(Call call) {
    try {
      call.pbx().checkSync(call.keyIdentifier(), call.event());
    } catch (RuntimeException e) {
      LOG.warn("The PBX {} could not tell {}", call.pbx().name(), call.keyIdentifier(), e);
    }
  }
}
