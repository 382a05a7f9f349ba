package org.latchkey.pbx.reference.internal.call;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.latchkey.admission.Originator;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.key.Aor;
import org.latchkey.pbx.reference.internal.message.Answers;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.message.SipUri;
import org.latchkey.pbx.reference.internal.message.Tags;
import org.latchkey.pbx.reference.internal.registrar.Binding;
import org.latchkey.pbx.reference.internal.registrar.Bindings;
import org.latchkey.pbx.reference.internal.transport.Flow;

/**
 * Calls to permitted destinations. They go to the target configured for them and nowhere else, ask
 * no service, and are never challenged. On the SIP thread.
 */
final class PermittedRouter {

  private static final String RETRY_SECONDS = "5";
  private static final String ONE_TOO_MANY =
      "An unproved caller to a permitted destination was one too many, or from elsewhere";

  private final CallContext context;
  private final UnprovedCallers unproved = new UnprovedCallers();
  private final Trunks trunks;
  private final PermittedNews news;
  private final Tags tags;

  PermittedRouter(CallContext context, Trunks trunks, PermittedNews news, Tags tags) {
    this.context = context;
    this.trunks = trunks;
    this.news = news;
    this.tags = tags;
  }

  /** Routes an INVITE to a permitted destination. */
  void route(SipMessage request, Flow flow, Destination destination) {
    Originator who = who(request, flow);
    Optional<Runnable> place = place(request, flow);
    if (place.isEmpty()) {
      refuse(request, flow, destination, who);
      return;
    }
    ServerTransaction invite = context.transactions().open(request, flow);
    invite.answer(100);
    Call call = context.call(request, flow, who, destination, place.get());
    targets(destination, targets -> start(invite, call, targets));
    news.tell(destination, who, request, true);
  }

  /** Keeps nothing of it: who sends a flood must not make us remember or send more than it did. */
  private void refuse(SipMessage request, Flow flow, Destination destination, Originator who) {
    if (context.refusals().note(ONE_TOO_MANY, flow.source())) {
      news.tell(destination, who, request, false);
    }
    flow.send(Answers.to(request, 486, tags.of(request)).add("Retry-After", RETRY_SECONDS).build());
  }

  /** How many unproved callers there are now. */
  int unprovedCalls() {
    return unproved.total();
  }

  private void start(ServerTransaction invite, Call call, List<Target> targets) {
    if (targets.isEmpty() || invite.isAnswered()) {
      call.end();
      context.refusals().note("A permitted destination leads nowhere", invite.request().uri());
      invite.answer(480);
      return;
    }
    SipMessage bare = stripped(invite.request());
    context.setup(invite, call).start(bare, targets, context.settings().maxRingingSeconds());
  }

  /** Nothing in the request may choose another target, here or further on. */
  private static SipMessage stripped(SipMessage request) {
    return Requests.withoutOtherCalls(request.edit())
        .remove("Refer-To")
        .remove("Proxy-Require")
        .build();
  }

  /** A place for the call: registered phones need none. */
  private Optional<Runnable> place(SipMessage request, Flow flow) {
    if (context.callers().isRegisteredAt(request, flow)) {
      return Optional.of(() -> {});
    }
    InetAddress source = flow.remote().getAddress();
    PermittedCalls permitted = context.permitted();
    return permitted.networks().contains(source)
        ? unproved.enter(source, permitted.perSource(), permitted.total())
        : Optional.empty();
  }

  private void targets(Destination destination, Consumer<List<Target>> then) {
    Optional<SipUri> target = SipUri.of(destination.target());
    Optional<Aor> own = context.ownAor(destination.target());
    if (own.isPresent()) {
      then.accept(contacts(context.bindings(), own.get()));
    } else if (target.isEmpty()) {
      then.accept(List.of());
    } else {
      Originator trunk = new Originator.Trusted(target.get().host());
      trunks.find(
          target.get(),
          way ->
              then.accept(
                  way.map(flow -> List.of(new Target(flow, destination.target(), trunk)))
                      .orElse(List.of())));
    }
  }

  /** The contacts of an AOR as targets. */
  static List<Target> contacts(Bindings bindings, Aor aor) {
    return bindings.reachable(aor).stream().map(PermittedRouter::target).toList();
  }

  static Target target(Binding binding) {
    return new Target(
        binding.flow(),
        binding.contact(),
        new Originator.Phone(binding.keyIdentifier(), binding.aor(), true));
  }

  private Originator who(SipMessage request, Flow flow) {
    Optional<Originator.Phone> phone = context.callers().byFlow(request, flow);
    return phone.isPresent() ? phone.get() : new Originator.Unproved(flow.remote());
  }
}
