package org.latchkey.pbx.http.internal.freeswitch;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.latchkey.admission.Originator;
import org.latchkey.admission.PermittedCall;
import org.latchkey.admission.PermittedCallListener;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.registration.RegistrationListener;

/** What FreeSWITCH's events mean here. */
final class RegistrationEvents {

  /** What is subscribed to. */
  static final String SUBSCRIPTION =
      "event plain CUSTOM sofia::register sofia::unregister sofia::expire "
          + PermittedEvent.SUBCLASS;

  /** Who wants to know. */
  interface Listeners extends RegistrationListener, PermittedCallListener {
    /** Notes what happened to a phone. */
    void note(PhoneEvent event);
  }

  private final LiveRegistrations registrations;
  private final Listeners listeners;
  private final Clock clock;

  RegistrationEvents(LiveRegistrations registrations, Listeners listeners, Clock clock) {
    this.registrations = registrations;
    this.listeners = listeners;
    this.clock = clock;
  }

  /** Takes an event. */
  void take(Map<String, String> event) {
    Instant now = clock.instant();
    switch (event.getOrDefault("Event-Subclass", "")) {
      case "sofia::register" -> RegistrationList.registered(event, now).ifPresent(this::registered);
      case "sofia::unregister" ->
          registrations.remove(RegistrationList.id(event, "from-user", "from-host"));
      case "sofia::expire" -> registrations.remove(RegistrationList.id(event, "user", "host"));
      case PermittedEvent.SUBCLASS -> PermittedEvent.read(event, now).ifPresent(this::permitted);
      default -> {
        // Nothing else was asked for.
      }
    }
  }

  private void registered(LiveRegistration one) {
    registrations.add(one);
    String key = one.keyIdentifier();
    if (key.isEmpty() || one.aor().isEmpty()) {
      return;
    }
    listeners.accepted(key, one.aor().get(), one.registeredAt());
    listeners.note(
        new PhoneEvent(
            one.registeredAt(),
            PhoneEvent.Kind.REGISTERED,
            key,
            one.aor().get().toString(),
            "",
            one.source().replaceFirst(":[0-9]*$", ""),
            "registered at FreeSWITCH"));
  }

  private void permitted(PermittedCall call) {
    listeners.placed(call);
    if (call.originator() instanceof Originator.Phone phone) {
      listeners.note(
          new PhoneEvent(
              call.at(),
              PhoneEvent.Kind.CALL_PERMITTED,
              phone.keyIdentifier(),
              phone.aor().toString(),
              "",
              "",
              "called " + call.destination().dialled()));
    }
  }
}
