package org.latchkey.quarantine.internal;

import java.time.Instant;
import java.util.Locale;
import org.latchkey.admission.PermittedCall;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.admission.PermittedDestinations.Kind;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.PhoneEvent;

/**
 * What is written of a call to a permitted destination.
 *
 * @param call the call
 */
record CallRecord(PermittedCall call) {

  /** The line in the log. */
  String alarm() {
    Destination destination = call.destination();
    AuditEntry entry = entry();
    return String.format(
        Locale.ROOT,
        "%s call to %s by %s %s%s, %s, Call-ID %s",
        destination.kind() == Kind.EMERGENCY ? "Emergency" : "Permitted",
        destination.dialled(),
        entry.actor(),
        entry.aor().isEmpty() ? entry.source() : entry.aor(),
        entry.keyIdentifier().isEmpty() ? "" : " (" + entry.keyIdentifier() + ')',
        call.routed() ? "routed to " + destination.target() : "not put through",
        OneLine.of(call.callId()));
  }

  /** What the journal gets. */
  PhoneEvent event() {
    AuditEntry entry = entry();
    return new PhoneEvent(
        call.at(),
        call.routed() ? PhoneEvent.Kind.CALL_PERMITTED : PhoneEvent.Kind.CALL_REFUSED,
        entry.keyIdentifier(),
        entry.aor(),
        "",
        entry.source(),
        "called "
            + call.destination().dialled()
            + (call.routed()
                ? ""
                : " and was not put through: its target can't be reached, or it was unproved and one"
                    + " too many or from a network outside unprovedNetworks"));
  }

  /** What the audit log gets. */
  AuditEntry entry() {
    Destination destination = call.destination();
    String detail =
        String.format(
            Locale.ROOT,
            "%s %s to %s, Call-ID %s",
            destination.kind(),
            destination.dialled(),
            destination.target(),
            OneLine.of(call.callId()));
    String action = call.routed() ? "call.permitted" : "call.refused-permitted";
    return call.originator()
        .fold(
            phone ->
                entry("phone", action, phone.keyIdentifier(), phone.aor().toString(), "", detail),
            unproved ->
                entry("unproved caller", action, "", "", CallNotes.address(unproved), detail),
            trusted -> entry("PBX", action, "", "", OneLine.of(trusted.name()), detail));
  }

  /** What became of it, and where it went to. */
  String sort() {
    return entry().action() + ' ' + call.destination().dialled();
  }

  /** Who called. */
  String caller() {
    AuditEntry entry = entry();
    return entry.keyIdentifier() + ' ' + entry.aor() + ' ' + entry.source();
  }

  /** What the audit log gets when the source did not stop. */
  AuditEntry repeated(int times, Instant until) {
    AuditEntry first = entry();
    return new AuditEntry(
        until,
        first.actor(),
        first.action(),
        first.keyIdentifier(),
        first.aor(),
        first.device(),
        first.source(),
        times + " more like the one at " + call.at());
  }

  private AuditEntry entry(
      String actor, String action, String keyIdentifier, String aor, String source, String detail) {
    return new AuditEntry(call.at(), actor, action, keyIdentifier, aor, "", source, detail);
  }
}
