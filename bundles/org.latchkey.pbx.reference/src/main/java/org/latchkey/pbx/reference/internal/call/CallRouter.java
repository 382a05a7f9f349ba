package org.latchkey.pbx.reference.internal.call;

import java.util.List;
import java.util.Optional;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.pbx.reference.internal.message.Answers;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.message.Tags;
import org.latchkey.pbx.reference.internal.transport.Flow;

/**
 * Everything but REGISTER. Permitted destinations come first: nothing that can fail stands before
 * them. On the SIP thread.
 */
final class CallRouter {

  private static final String ALLOW = "INVITE, ACK, CANCEL, BYE, REGISTER, OPTIONS";

  private final CallContext context;
  private final PermittedRouter permitted;
  private final OrdinaryRouter ordinary;
  private final DialogRouter dialogs;
  private final CallerProofs proofs;
  private final Tags tags;

  CallRouter(
      CallContext context,
      PermittedRouter permitted,
      OrdinaryRouter ordinary,
      DialogRouter dialogs,
      CallerProofs proofs,
      Tags tags) {
    this.context = context;
    this.permitted = permitted;
    this.ordinary = ordinary;
    this.dialogs = dialogs;
    this.proofs = proofs;
    this.tags = tags;
  }

  /** Routes or answers one request. */
  void route(SipMessage request, Flow flow) {
    boolean inDialog = !request.tag("To").isEmpty();
    switch (request.method()) {
      case "ACK" -> acknowledge(request, flow);
      case "CANCEL" -> cancel(request, flow);
      case "INVITE" -> {
        if (inDialog) {
          dialog(request, flow);
        } else {
          invite(request, flow);
        }
      }
      default -> {
        if (inDialog) {
          dialog(request, flow);
        } else {
          outside(request, flow);
        }
      }
    }
  }

  private void invite(SipMessage request, Flow flow) {
    if (context.transactions().absorb(request, flow)) {
      return;
    }
    Optional<Destination> destination = context.permitted().destinations().match(request.uri());
    boolean known = context.calls().find(request.callId(), request.tag("From")).isPresent();
    List<String> required = request.values("Proxy-Require");
    if (request.tag("From").isEmpty()) {
      answer(request, flow, 400);
    } else if (known || context.transactions().isLooping(request)) {
      answer(request, flow, 482);
    } else if (Requests.hops(request) == 0) {
      answer(request, flow, 483);
    } else if (destination.isPresent()) {
      permitted.route(request, flow, destination.get());
    } else if (!required.isEmpty()) {
      flow.send(
          Answers.to(request, 420, tags.of(request))
              .add("Unsupported", String.join(", ", required))
              .build());
    } else if (!request.uri().matches("(?i)(sips?|tel):.*")) {
      answer(request, flow, 416);
    } else {
      ordinary.route(request, flow);
    }
  }

  private void dialog(SipMessage request, Flow flow) {
    if (Requests.hops(request) == 0) {
      answer(request, flow, 483);
    } else {
      dialogs.route(request, flow);
    }
  }

  private void acknowledge(SipMessage ack, Flow flow) {
    Optional<ServerTransaction> refused =
        context.transactions().invite(ack, flow).filter(ServerTransaction::isRefused);
    if (refused.isPresent()) {
      refused.get().acknowledged();
    } else if (Requests.hops(ack) > 0) {
      dialogs.acknowledge(ack, flow);
    }
  }

  private void cancel(SipMessage cancel, Flow flow) {
    Optional<ServerTransaction> invite = context.transactions().invite(cancel, flow);
    boolean proving = invite.isEmpty() && proofs.cancel(cancel, flow);
    answer(cancel, flow, invite.isPresent() || proving ? 200 : 481);
    invite.ifPresent(ServerTransaction::cancel);
  }

  /** A phone may see by OPTIONS whether we are here; nothing else is done outside of dialogs. */
  private void outside(SipMessage request, Flow flow) {
    boolean ping =
        request.method().equals("OPTIONS") && context.callers().named(request, flow).isPresent();
    int status = request.method().equals("BYE") ? 481 : ping ? 200 : 405;
    flow.send(Answers.to(request, status, tags.of(request)).add("Allow", ALLOW).build());
  }

  private void answer(SipMessage request, Flow flow, int status) {
    flow.send(Answers.to(request, status, tags.of(request)).build());
  }
}
