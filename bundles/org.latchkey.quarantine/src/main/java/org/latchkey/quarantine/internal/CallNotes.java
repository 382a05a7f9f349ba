package org.latchkey.quarantine.internal;

import java.net.InetAddress;
import java.time.InstantSource;
import org.latchkey.admission.AdmissionDecision;
import org.latchkey.admission.CallAttempt;
import org.latchkey.admission.Originator;
import org.latchkey.audit.PhoneEvent;

/** Tells the phones' journal what became of a call, so that {@code latchkey:why} can. */
final class CallNotes {

  private final Neighbours neighbours;
  private final InstantSource clock;

  CallNotes(Neighbours neighbours, InstantSource clock) {
    this.neighbours = neighbours;
    this.clock = clock;
  }

  /** Notes an admission or a refusal; a permitted call is noted when the PBX reports it. */
  void note(CallAttempt attempt, AdmissionDecision decision) {
    String called = ShownDestination.of(attempt.destination());
    decision.fold(
        admitted -> note(attempt.originator(), PhoneEvent.Kind.CALL_ADMITTED, "called " + called),
        permitted -> false,
        refused ->
            note(
                attempt.originator(),
                PhoneEvent.Kind.CALL_REFUSED,
                "called " + called + " and was refused, as it " + refused.reason().words()),
        unavailable ->
            note(
                attempt.originator(),
                PhoneEvent.Kind.CALL_REFUSED,
                "called " + called + " and was put off, as " + unavailable.reason()));
  }

  private boolean note(Originator originator, PhoneEvent.Kind kind, String words) {
    neighbours.note(
        originator.fold(
            phone ->
                new PhoneEvent(
                    clock.instant(),
                    kind,
                    phone.keyIdentifier(),
                    phone.aor().toString(),
                    "",
                    "",
                    words),
            unproved -> new PhoneEvent(clock.instant(), kind, "", "", "", address(unproved), words),
            trusted -> new PhoneEvent(clock.instant(), kind, "", "", "", trusted.name(), words)));
    return true;
  }

  /** The address of an unproved caller, without port. */
  static String address(Originator.Unproved unproved) {
    InetAddress address = unproved.source().getAddress();
    return address == null ? "" : address.getHostAddress();
  }
}
