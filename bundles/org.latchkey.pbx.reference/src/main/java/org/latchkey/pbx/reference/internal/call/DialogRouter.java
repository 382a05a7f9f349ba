package org.latchkey.pbx.reference.internal.call;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.latchkey.admission.AdmissionDecision;
import org.latchkey.admission.CallAttempt;
import org.latchkey.admission.Originator;
import org.latchkey.key.Aor;
import org.latchkey.pbx.reference.internal.message.Answers;
import org.latchkey.pbx.reference.internal.message.NameAddr;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.registrar.Binding;
import org.latchkey.pbx.reference.internal.transport.Flow;

/**
 * Requests inside a dialog. Only the two sides of a call that we know are heard, each from where it
 * is, and what they send goes to the other side's own contact, whatever its Request-URI and Routes
 * say. On the SIP thread.
 */
final class DialogRouter {

  /** All that somebody who proved nothing may say in a call. */
  private static final Set<String> PLAIN =
      Set.of("INVITE", "ACK", "BYE", "UPDATE", "PRACK", "INFO", "OPTIONS");

  /** How many requests of one call may be open or remembered, as {@link Timers} remember them. */
  private static final int MOST_OF_UNPROVED = 20;

  private static final int MOST_OF_PROVED = 200;
  private static final int MOST_BYES = 10;
  private static final String RETRY_SECONDS = "5";

  private final CallContext context;
  private final Admissions admissions;

  DialogRouter(CallContext context, Admissions admissions) {
    this.context = context;
    this.admissions = admissions;
  }

  /** Passes on an ACK of an answered call; others are nobody's. */
  void acknowledge(SipMessage ack, Flow flow) {
    find(ack, flow).ifPresent(sides -> forwardAck(ack, sides));
  }

  /** Routes any other request that has a To tag. */
  void route(SipMessage request, Flow flow) {
    if (context.transactions().absorb(request, flow)) {
      return;
    }
    Optional<Sides> found = find(request, flow);
    if (found.isEmpty()) {
      flow.send(Answers.to(request, 481, "").build());
      return;
    }
    Sides sides = found.get();
    Room.Account account = sides.call.room().of(sides.sender.who());
    if (isTooMuch(request, sides, account)) {
      flow.send(Answers.to(request, 503, "").add("Retry-After", RETRY_SECONDS).build());
      return;
    }
    ServerTransaction transaction =
        context.transactions().open(request, flow, account, sides.call.requestBegins());
    boolean proved = !sides.sender.keyIdentifier().isEmpty();
    if (!proved && !PLAIN.contains(request.method())) {
      transaction.answer(403);
    } else if (request.method().equals("REFER")) {
      refer(transaction, sides);
    } else {
      forward(transaction, request, sides);
    }
  }

  /**
   * Whether a side sends more than a call needs, or than there is room for. A BYE has a way out,
   * and proved sides of emergency calls are not held up by what others left.
   */
  private boolean isTooMuch(SipMessage request, Sides sides, Room.Account account) {
    Call call = sides.call;
    boolean unproved = sides.sender.who() instanceof Originator.Unproved;
    int most = unproved ? MOST_OF_UNPROVED : MOST_OF_PROVED;
    if (request.method().equals("BYE")) {
      return call.requests() >= most + MOST_BYES;
    }
    boolean needsRoom = unproved || call.room() != context.transactions().emergencyRoom();
    return call.requests() >= most || (needsRoom && !account.isFree());
  }

  private void forward(ServerTransaction transaction, SipMessage request, Sides sides) {
    Flow to = reachable(sides.receiver);
    if (request.method().equals("INVITE")) {
      transaction.answer(100);
    }
    sides.sender.sent(request);
    SipMessage forwarded =
        Requests.inDialog(request, sides.receiver, to, context.transactions().newBranch()).build();
    new DialogForward(context, transaction, sides.call, sides.sender, sides.receiver)
        .start(forwarded, to);
  }

  private void forwardAck(SipMessage ack, Sides sides) {
    Flow to = reachable(sides.receiver);
    String branch = context.transactions().newBranch();
    to.send(Requests.inDialog(ack, sides.receiver, to, branch).build());
  }

  /** A transfer is a new attempt of the phone that transfers (the other side will dial for it). */
  private void refer(ServerTransaction transaction, Sides sides) {
    SipMessage request = transaction.request();
    List<String> referTo = request.headers("Refer-To");
    Optional<String> target =
        referTo.size() == 1 ? NameAddr.of(referTo.get(0)).map(NameAddr::uri) : Optional.empty();
    if (target.isEmpty()) {
      transaction.answer(400);
      return;
    }
    Optional<String> allowed =
        sides.hasTrunk() ? ReferTarget.toPhone(target.get(), context) : Optional.of(referTo.get(0));
    if (allowed.isEmpty() || sides.call.permitted() != null) {
      transaction.answer(403);
      return;
    }
    CallAttempt.Builder attempt =
        CallAttempt.by(sides.sender.who(), target.get()).callId(request.callId());
    context.ownAor(target.get()).ifPresent(aor -> called(attempt, aor));
    admissions.ask(
        Transactions.key(request, "REFER", transaction.flow()),
        List.of(attempt.build()),
        decisions -> {
          if (decisions.get(0) instanceof AdmissionDecision.Admitted) {
            forward(transaction, request.edit().set("Refer-To", allowed.get()).build(), sides);
          } else {
            transaction.answer(403);
          }
        });
  }

  private void called(CallAttempt.Builder attempt, Aor aor) {
    attempt.called(aor);
    context.bindings().of(aor).stream()
        .findFirst()
        .ifPresent(binding -> attempt.calledKeyIdentifier(binding.keyIdentifier()));
  }

  /** The sides of the call that a request belongs to, if it came from one of them. */
  private Optional<Sides> find(SipMessage request, Flow flow) {
    String from = request.tag("From");
    String to = request.tag("To");
    Optional<Call> call = context.calls().find(request.callId(), from);
    if (from.isEmpty() || to.isEmpty() || from.equals(to) || call.isEmpty()) {
      return Optional.empty();
    }
    Optional<Leg> sender = call.get().leg(from);
    Optional<Leg> receiver = call.get().leg(to);
    Leg caller = call.get().caller();
    boolean pair =
        sender.isPresent()
            && receiver.isPresent()
            && (sender.get() == caller || receiver.get() == caller);
    return pair && isFrom(sender.get(), flow)
        ? Optional.of(new Sides(call.get(), sender.get(), receiver.get()))
        : Optional.empty();
  }

  /** A side is where it was, or where it has registered again since. */
  private boolean isFrom(Leg side, Flow flow) {
    if (side.isOn(flow, context.settings().trunks())) {
      return true;
    }
    boolean moved =
        side.aor()
            .flatMap(aor -> context.bindings().on(flow, aor))
            .filter(binding -> binding.keyIdentifier().equals(side.keyIdentifier()))
            .isPresent();
    if (moved) {
      side.moveTo(flow);
    }
    return moved;
  }

  /** The way to a side: its own, or the one it has registered on since that was closed. */
  private Flow reachable(Leg side) {
    if (!side.flow().isOpen()) {
      side.aor().stream()
          .flatMap(aor -> context.bindings().reachable(aor).stream())
          .filter(binding -> binding.keyIdentifier().equals(side.keyIdentifier()))
          .map(Binding::flow)
          .findFirst()
          .ifPresent(side::moveTo);
    }
    return side.flow();
  }

  private record Sides(Call call, Leg sender, Leg receiver) {

    boolean hasTrunk() {
      return sender.isTrunk() || receiver.isTrunk();
    }
  }
}
