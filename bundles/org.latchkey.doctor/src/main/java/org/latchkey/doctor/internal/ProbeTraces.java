package org.latchkey.doctor.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.latchkey.admission.PermittedDestinations;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.admission.PermittedDestinations.Kind;
import org.latchkey.key.Aor;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolments;
import org.latchkey.key.KeyRecord;
import org.latchkey.pbx.PbxControl;

/** What the probe leaves in the system, and whether its names are really its own. */
final class ProbeTraces {

  /** Who the audit log names for all that the doctor does. */
  static final String ACTOR = "doctor";

  private final Surroundings surroundings;
  private final Aor aor;

  /** The traces of the probe with this AOR. */
  ProbeTraces(Surroundings surroundings, Aor aor) {
    this.surroundings = surroundings;
    this.aor = aor;
  }

  /**
   * Checks that nobody else uses the probe's AOR, and that neither it nor the test destination
   * leads to an emergency service.
   */
  void requireOwnNames(String testDestination) throws Trouble {
    if (surroundings.quarantine().isPresent()) {
      requireNoEmergency(surroundings.requireQuarantine().permitted(), testDestination);
    }
    Set<String> ours =
        liveKeys().stream().map(KeyRecord::keyIdentifier).collect(Collectors.toSet());
    Optional<String> others =
        keys().stream()
            .map(KeyRecord::keyIdentifier)
            .filter(key -> !ours.contains(key))
            .findFirst();
    Optional<String> registered =
        surroundings.pbxs().stream()
            .flatMap(pbx -> pbx.registrations().stream())
            .filter(one -> one.aor().equals(aor) && !ours.contains(one.keyIdentifier()))
            .map(one -> one.source())
            .findFirst();
    if (others.isPresent() || registered.isPresent()) {
      throw new Trouble(
          "Somebody uses %s: %s. The doctor leaves it alone."
              .formatted(
                  aor,
                  others.map(key -> "key " + key).orElse("a phone at " + registered.orElse(""))),
          "Give the doctor a probe of its own: setting probe in etc/org.latchkey.doctor.cfg.");
    }
  }

  private void requireNoEmergency(PermittedDestinations permitted, String testDestination)
      throws Trouble {
    boolean probe = permitted.match("sip:" + aor).isPresent();
    boolean test =
        permitted
            .match("sip:" + testDestination + '@' + aor.domain())
            .filter(destination -> leadsElsewhere(permitted, destination))
            .isPresent();
    if (probe || test) {
      throw new Trouble(
          "The %s of the doctor is an emergency number, the help desk, or leads to its target: it is never dialled."
              .formatted(probe ? "probe" : "test destination"),
          "Correct etc/org.latchkey.doctor.cfg and the setting test in etc/org.latchkey.destinations.cfg.");
    }
  }

  private static boolean leadsElsewhere(PermittedDestinations permitted, Destination test) {
    return test.kind() != Kind.TEST
        || permitted.all().stream()
            .anyMatch(one -> one.kind() != Kind.TEST && one.target().equals(test.target()));
  }

  /**
   * Takes away keys, holds and enrolments of the probe.
   *
   * @return how many there were
   */
  int remove() throws Trouble {
    Enrolments agent = surroundings.requireAgent();
    int removed = 0;
    for (KeyRecord key : liveKeys()) {
      surroundings
          .quarantine()
          .ifPresent(quarantine -> quarantine.release(key.keyIdentifier(), ACTOR));
      agent.revoke(key.keyIdentifier(), "the probe is not needed any more", ACTOR);
      surroundings.pbxs().forEach((PbxControl pbx) -> pbx.drop(key.keyIdentifier()));
      removed++;
    }
    for (Enrolment enrolment : enrolments()) {
      if (enrolment.expiresAt().isAfter(Instant.now())) {
        agent.cancel(enrolment.id(), ACTOR);
        removed++;
      }
    }
    return removed;
  }

  /** The keys of the probe that the doctor had issued and that live. */
  private List<KeyRecord> liveKeys() throws Trouble {
    Set<String> ours = enrolments().stream().map(Enrolment::id).collect(Collectors.toSet());
    return keys().stream().filter(key -> ours.contains(key.enrolment())).toList();
  }

  private List<KeyRecord> keys() throws Trouble {
    return surroundings.requireAgent().find(aor.toString()).stream()
        .filter(key -> key.aor().equals(aor) && key.revocation().isEmpty())
        .toList();
  }

  private List<Enrolment> enrolments() throws Trouble {
    return surroundings.requireAgent().enrolments().stream()
        .filter(one -> one.aor().equals(aor) && one.createdBy().equals(ACTOR))
        .toList();
  }
}
