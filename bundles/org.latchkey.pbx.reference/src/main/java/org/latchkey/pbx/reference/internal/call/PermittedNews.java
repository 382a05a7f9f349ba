package org.latchkey.pbx.reference.internal.call;

import java.time.InstantSource;
import org.latchkey.admission.Originator;
import org.latchkey.admission.PermittedCall;
import org.latchkey.admission.PermittedCallListener;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.pbx.reference.internal.service.DeadlineCalls;
import org.latchkey.pbx.reference.internal.service.LatchkeyServices;

/** Tells of calls to permitted destinations, after they went their way and on other threads. */
final class PermittedNews {

  private final LatchkeyServices services;
  private final DeadlineCalls calls;
  private final InstantSource clock;

  PermittedNews(LatchkeyServices services, DeadlineCalls calls, InstantSource clock) {
    this.services = services;
    this.calls = calls;
    this.clock = clock;
  }

  /** Tells of one call. */
  void tell(Destination destination, Originator who, String callId, boolean routed) {
    PermittedCall call = new PermittedCall(clock.instant(), destination, who, callId, routed);
    for (PermittedCallListener listener : services.permittedCallListeners()) {
      calls.ask(
          () -> {
            listener.placed(call);
            return true;
          },
          false,
          heard -> {});
    }
  }
}
