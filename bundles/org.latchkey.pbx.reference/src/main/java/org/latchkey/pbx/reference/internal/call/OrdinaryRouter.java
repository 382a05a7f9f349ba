package org.latchkey.pbx.reference.internal.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latchkey.admission.AdmissionDecision;
import org.latchkey.admission.CallAttempt;
import org.latchkey.admission.Originator;
import org.latchkey.key.Aor;
import org.latchkey.pbx.reference.internal.message.Answers;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.message.Tags;
import org.latchkey.pbx.reference.internal.message.Text;
import org.latchkey.pbx.reference.internal.registrar.Binding;
import org.latchkey.pbx.reference.internal.service.RegisterMapping;
import org.latchkey.pbx.reference.internal.transport.Flow;
import org.latchkey.registration.AuthenticationResult.Accepted;
import org.latchkey.registration.SipAnswer;

/**
 * Calls to anybody else: who calls is proved, but for a trunk, then it is asked whether the call is
 * admitted, then the called phone is looked up. Before that, and whoever calls, the short code of
 * users who move is looked for: its digits are told to nobody else. On the SIP thread.
 */
final class OrdinaryRouter {

  private static final String RETRY_SECONDS = "5";
  private static final String NO_ROOM = "There is no room for another call";

  private final CallContext context;
  private final CallerProofs proofs;
  private final Admissions admissions;
  private final CallPlaces places;
  private final CallBacks callBacks;
  private final MoveCalls moveCalls;
  private final Tags tags;

  OrdinaryRouter(
      CallContext context,
      CallerProofs proofs,
      Admissions admissions,
      CallBacks callBacks,
      MoveCalls moveCalls,
      Tags tags) {
    this.moveCalls = moveCalls;
    this.callBacks = callBacks;
    this.places = new CallPlaces(callBacks);
    this.context = context;
    this.proofs = proofs;
    this.admissions = admissions;
    this.tags = tags;
  }

  /** Routes an INVITE. */
  void route(SipMessage request, Flow flow) {
    Optional<Aor> from = Callers.from(request);
    Optional<Originator.Phone> proved = context.callers().byFlow(request, flow);
    Optional<Originator.Trusted> trunk = context.settings().trunks().at(flow.remote());
    if (proved.isPresent()) {
      admit(request, flow, proved.get());
    } else if (trunk.isPresent()) {
      admit(request, flow, trunk.get());
    } else if (from.isEmpty()) {
      answer(request, flow, 403);
    } else {
      prove(request, flow, from.get());
    }
  }

  private void prove(SipMessage request, Flow flow, Aor from) {
    // One that is not taken gets no answer: the phone sends it again.
    boolean unused =
        proofs.prove(
            request,
            flow,
            from,
            result -> {
              Optional<Originator.Phone> phone =
                  result.fold(
                      accepted -> phone(request, flow, accepted, from),
                      challenged -> refuse(request, flow, challenged.answer()),
                      rejected -> refuse(request, flow, rejected.answer()),
                      old -> refuse(request, flow, old.refusal()),
                      unavailable -> refuse(request, flow, unavailable.answer()));
              phone.ifPresent(caller -> admit(request, flow, caller));
            });
  }

  private Optional<Originator.Phone> phone(
      SipMessage request, Flow flow, Accepted accepted, Aor from) {
    if (!accepted.aor().equals(from)) {
      answer(request, flow, 403);
      context.refusals().note("A phone called as another", from.toString());
      return Optional.empty();
    }
    String key = accepted.keyIdentifier();
    boolean registered = context.bindings().isRegistered(from, key);
    return Optional.of(new Originator.Phone(key, from, registered));
  }

  private void admit(SipMessage request, Flow flow, Originator caller) {
    if (context.transactions().absorb(request, flow)) {
      return;
    }
    Optional<Aor> called = context.ownAor(request.uri());
    Optional<Runnable> trace = called.flatMap(aor -> callBacks.trace(caller, aor));
    boolean callBack = trace.isPresent() && context.transactions().emergencyRoom().isFree();
    Room room =
        callBack ? context.transactions().emergencyRoom() : context.transactions().room(null);
    if (!callBack && !room.of(caller).isFree()) {
      trace.ifPresent(Runnable::run);
      context.refusals().note(NO_ROOM, name(caller));
      flow.send(
          Answers.to(request, 503, tags.of(request)).add("Retry-After", RETRY_SECONDS).build());
      return;
    }
    ServerTransaction invite =
        context
            .transactions()
            .open(request, flow, room.of(caller), () -> trace.ifPresent(Runnable::run));
    invite.answer(100);
    if (moveCalls.takes(request.uri())) {
      moveCalls.route(invite, caller);
      return;
    }
    List<Binding> contacts = called.map(context.bindings()::of).orElse(List.of());
    List<String> keys = contacts.stream().map(Binding::keyIdentifier).distinct().toList();
    List<CallAttempt> attempts = attempts(request, caller, called, keys);
    String key = Transactions.key(request, "INVITE", flow);
    Attempt attempt = new Attempt(invite, caller, called, room);
    admissions.ask(key, attempts, decisions -> decided(attempt, keys, decisions));
  }

  private static List<CallAttempt> attempts(
      SipMessage request, Originator caller, Optional<Aor> called, List<String> keys) {
    List<CallAttempt> attempts = new ArrayList<>();
    for (String key : keys.isEmpty() ? List.of("") : keys) {
      CallAttempt.Builder attempt = CallAttempt.by(caller, request.uri()).callId(request.callId());
      called.ifPresent(attempt::called);
      if (!key.isEmpty()) {
        attempt.calledKeyIdentifier(key);
      }
      attempts.add(attempt.build());
    }
    return attempts;
  }

  private void decided(Attempt attempt, List<String> keys, List<AdmissionDecision> decisions) {
    ServerTransaction invite = attempt.invite;
    Optional<Aor> called = attempt.called;
    if (invite.isAnswered()) {
      return;
    }
    List<String> admitted = new ArrayList<>();
    for (int i = 0; i < decisions.size(); i++) {
      if (decisions.get(i) instanceof AdmissionDecision.Admitted) {
        admitted.add(keys.isEmpty() ? "" : keys.get(i));
      }
    }
    if (admitted.isEmpty()) {
      refuse(invite, attempt.caller, decisions.get(0));
    } else if (called.isEmpty()) {
      invite.answer(404);
    } else {
      List<Target> targets =
          context.bindings().reachable(called.get()).stream()
              .filter(binding -> admitted.contains(binding.keyIdentifier()))
              .map(PermittedRouter::target)
              .toList();
      ring(attempt, called.get(), targets);
    }
  }

  private void ring(Attempt attempt, Aor called, List<Target> targets) {
    ServerTransaction invite = attempt.invite;
    Originator caller = attempt.caller;
    if (targets.isEmpty()) {
      invite.answer(480);
      return;
    }
    Optional<Runnable> place = places.enter(caller, called, context.settings());
    if (place.isEmpty()) {
      context.refusals().note(NO_ROOM, name(caller));
      unavailable(invite, RETRY_SECONDS);
      return;
    }
    Call call =
        context.call(invite.request(), invite.flow(), caller, null, attempt.room, place.get());
    context
        .setup(invite, call)
        .start(invite.request(), targets, context.settings().maxRingingSeconds());
  }

  private void refuse(ServerTransaction invite, Originator caller, AdmissionDecision decision) {
    if (decision instanceof AdmissionDecision.Refused refused) {
      context.refusals().note("A call was refused", name(caller) + " " + refused.reason().words());
      invite.send(invite.prepare(refused.status(), Text.write(refused.reasonPhrase())).build());
    } else if (decision instanceof AdmissionDecision.Unavailable away) {
      context.refusals().note("A call could not be decided on", away.reason());
      unavailable(invite, Long.toString(away.retryAfter().toSeconds()));
    } else {
      // Permitted destinations were looked for before anybody was asked: this list and ours differ.
      context
          .refusals()
          .note("The call admission permits what this PBX does not know", invite.request().uri());
      invite.answer(404);
    }
  }

  private static String name(Originator caller) {
    return caller.fold(
        phone -> phone.aor().toString(),
        unproved -> unproved.source().toString(),
        trusted -> trusted.name());
  }

  private static void unavailable(ServerTransaction invite, String retryAfterSeconds) {
    invite.send(
        invite.prepare(503, Answers.reason(503)).add("Retry-After", retryAfterSeconds).build());
  }

  private Optional<Originator.Phone> refuse(SipMessage request, Flow flow, SipAnswer answer) {
    flow.send(RegisterMapping.response(request, answer, tags.of(request)));
    return Optional.empty();
  }

  private void answer(SipMessage request, Flow flow, int status) {
    flow.send(Answers.to(request, status, tags.of(request)).build());
  }

  /** An INVITE that is decided on. */
  private record Attempt(
      ServerTransaction invite, Originator caller, Optional<Aor> called, Room room) {}
}
