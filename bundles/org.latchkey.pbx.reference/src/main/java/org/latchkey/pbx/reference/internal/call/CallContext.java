package org.latchkey.pbx.reference.internal.call;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.latchkey.admission.Originator;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.admission.PermittedDestinations.Kind;
import org.latchkey.key.Aor;
import org.latchkey.pbx.reference.internal.Settings;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.registrar.Bindings;
import org.latchkey.pbx.reference.internal.service.Refusals;
import org.latchkey.pbx.reference.internal.transport.Flow;

/** What all parts of call handling share. On the SIP thread. */
record CallContext(
    Supplier<Settings> currentSettings,
    Supplier<PermittedCalls> currentPermitted,
    Bindings bindings,
    Callers callers,
    Transactions transactions,
    CallTable calls,
    Refusals refusals,
    InstantSource clock,
    EventExecutor timers) {

  /** A connection that carries a call is not idle, even a stranger's. */
  private static final Duration LONGEST_CALL = Duration.ofHours(4);

  Settings settings() {
    return currentSettings.get();
  }

  PermittedCalls permitted() {
    return currentPermitted.get();
  }

  /** The AOR of ours that a URI names; empty when it is somebody else's. */
  Optional<Aor> ownAor(String uri) {
    return Callers.aor(uri, settings().telDomain())
        .filter(aor -> settings().domains().contains(aor.domain()));
  }

  /** Whether an AOR of ours is where emergency calls go. */
  boolean isEmergencyService(Aor aor) {
    return permitted().destinations().all().stream()
        .filter(destination -> destination.kind() == Kind.EMERGENCY)
        .anyMatch(destination -> ownAor(destination.target()).filter(aor::equals).isPresent());
  }

  /** A call that an INVITE begins. */
  Call call(
      SipMessage request,
      Flow flow,
      Originator who,
      @Nullable Destination permitted,
      Room room,
      Runnable release) {
    Leg caller =
        new Leg(
            who,
            request.tag("From"),
            request.header("From").orElse(""),
            Requests.foreign(request.values("Record-Route")),
            flow,
            Leg.contactOf(request).orElse(""));
    caller.sent(request);
    flow.keepUntil(clock.instant().plus(LONGEST_CALL));
    return new Call(request.callId(), caller, permitted, room, release);
  }

  /** What rings for a call. */
  CallSetup setup(ServerTransaction invite, Call call) {
    return new CallSetup(invite, call, calls, transactions, timers);
  }
}
