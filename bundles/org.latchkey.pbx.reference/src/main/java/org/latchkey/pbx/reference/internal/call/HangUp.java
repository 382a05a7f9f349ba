package org.latchkey.pbx.reference.internal.call;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.transport.Flow;

/** Ends calls from our side: on an administrator's word, and when one was forgotten. SIP thread. */
final class HangUp {

  private static final long UNPROVED_NANOS = TimeUnit.HOURS.toNanos(1);
  private static final long FORGOTTEN_NANOS = TimeUnit.HOURS.toNanos(24);

  private final CallContext context;

  HangUp(CallContext context) {
    this.context = context;
  }

  /** Ends the calls of a key, but none to an emergency destination; how many. */
  int byKey(String keyIdentifier) {
    List<Call> calls =
        context.calls().all().stream()
            .filter(call -> !call.isEmergency() && has(call, keyIdentifier))
            .toList();
    calls.forEach(this::end);
    return calls.size();
  }

  /**
   * Gives the places of very long calls to permitted destinations back, and forgets calls whose BYE
   * never came. Ends nothing.
   */
  void sweep() {
    for (Call call : context.calls().all()) {
      if (call.ageNanos() > FORGOTTEN_NANOS) {
        context.calls().end(call);
      } else if (call.permitted() != null && call.ageNanos() > UNPROVED_NANOS) {
        call.releasePlace();
      }
    }
  }

  private void end(Call call) {
    if (!call.isEstablished()) {
      call.abandonRinging();
      return;
    }
    Leg caller = call.caller();
    for (Leg called : call.called()) {
      bye(context, call, called, caller, new CallSetup.Unheard());
      bye(context, call, caller, called, new CallSetup.Unheard());
    }
    context.calls().end(call);
  }

  /** A BYE to one side as if from the other (RFC 3261 section 15). */
  static void bye(
      CallContext context, Call call, Leg to, Leg from, ClientTransaction.Answered answered) {
    Flow flow = to.flow();
    if (to.contact().isEmpty() || !flow.isOpen()) {
      return;
    }
    SipMessage.Editor bye = SipMessage.request("BYE", to.contact());
    bye.add("Via", Requests.via(flow, context.transactions().newBranch()));
    bye.add("Max-Forwards", "70");
    to.routes().forEach(route -> bye.add("Route", route));
    bye.add("From", from.address());
    bye.add("To", to.address());
    bye.add("Call-ID", call.callId());
    bye.add("CSeq", Math.min(from.cseq() + 1, Integer.MAX_VALUE) + " BYE");
    context.transactions().send(bye.build(), flow, answered);
  }

  private static boolean has(Call call, String keyIdentifier) {
    return call.caller().keyIdentifier().equals(keyIdentifier)
        || call.called().stream().anyMatch(leg -> leg.keyIdentifier().equals(keyIdentifier));
  }
}
