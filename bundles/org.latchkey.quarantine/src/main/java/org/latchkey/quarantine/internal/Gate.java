package org.latchkey.quarantine.internal;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.latchkey.admission.AdmissionDecision;
import org.latchkey.admission.AdmissionDecision.Admitted;
import org.latchkey.admission.AdmissionDecision.Permitted;
import org.latchkey.admission.AdmissionDecision.RefusalReason;
import org.latchkey.admission.AdmissionDecision.Refused;
import org.latchkey.admission.AdmissionDecision.Unavailable;
import org.latchkey.admission.CallAttempt;
import org.latchkey.admission.Hold;
import org.latchkey.admission.Originator;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.key.Aor;

/**
 * The rules by which a call is decided: a function of the attempt, what is permitted, and who is
 * held.
 *
 * @param permissions what everybody reaches
 * @param held who is held; empty when that is not known
 * @param knowsNewKeys whether a key that was issued lately is among them when it is held; where
 *     not, each phone that nobody gave an extension is
 * @param phraseTemplate the administrator's reason phrase
 */
record Gate(
    Permissions permissions, Optional<HeldKeys> held, boolean knowsNewKeys, String phraseTemplate) {

  private static final int FORBIDDEN = 403;
  private static final Duration COME_AGAIN = Duration.ofSeconds(5);
  private static final Admitted ADMITTED = new Admitted();

  /** Decides. What is permitted comes first, before anything that needs to know more. */
  AdmissionDecision decide(CallAttempt attempt) {
    Optional<Destination> permitted = permissions.destinations().match(attempt.destination());
    return attempt
        .originator()
        .fold(
            phone ->
                permitted
                    .<AdmissionDecision>map(Permitted::new)
                    .orElseGet(() -> of(phone, attempt)),
            unproved ->
                permitted
                    .filter(destination -> isNear(unproved))
                    .<AdmissionDecision>map(Permitted::new)
                    .orElseGet(this::ofUnproved),
            trusted -> ADMITTED);
  }

  private boolean isNear(Originator.Unproved unproved) {
    InetAddress address = unproved.source().getAddress();
    return address != null && permissions.unprovedNetworks().contains(address);
  }

  private AdmissionDecision ofUnproved() {
    return held.isPresent() ? refused(RefusalReason.UNPROVED) : unavailable();
  }

  private AdmissionDecision of(Originator.Phone phone, CallAttempt attempt) {
    if (held.isEmpty()) {
      return unavailable();
    }
    HeldKeys keys = held.get();
    if (keys.of(phone.keyIdentifier(), Hold.Kind.HELD).isPresent()
        || keys.of(phone.keyIdentifier(), Hold.Kind.LEFT_BEHIND).isPresent()) {
      return refused(RefusalReason.HELD);
    }
    if (keys.of(phone.keyIdentifier(), Hold.Kind.AWAITS_APPROVAL).isPresent()
        || isStranger(phone.aor())) {
      return refused(RefusalReason.AWAITS_APPROVAL);
    }
    if (!phone.registered()) {
      return refused(RefusalReason.NOT_REGISTERED);
    }
    boolean calledIsHeld =
        attempt.calledKeyIdentifier().filter(key -> !keys.of(key).isEmpty()).isPresent()
            || attempt.called().filter(this::isStranger).isPresent();
    return calledIsHeld && !permissions.reachHeldPhones().contains(phone.aor())
        ? refused(RefusalReason.CALLED_IS_HELD)
        : ADMITTED;
  }

  private boolean isStranger(Aor aor) {
    return !knowsNewKeys && aor.isUnassigned();
  }

  private Refused refused(RefusalReason reason) {
    return new Refused(
        FORBIDDEN, ReasonPhrase.of(phraseTemplate, permissions.helpDeskNumber()), reason);
  }

  private static Unavailable unavailable() {
    return new Unavailable("it is not known which phones are held", COME_AGAIN);
  }
}
