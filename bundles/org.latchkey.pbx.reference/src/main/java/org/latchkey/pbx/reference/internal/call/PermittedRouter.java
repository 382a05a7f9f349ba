package org.latchkey.pbx.reference.internal.call;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.latchkey.admission.Originator;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.admission.PermittedDestinations.Kind;
import org.latchkey.key.Aor;
import org.latchkey.pbx.reference.internal.message.Answers;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.message.SipUri;
import org.latchkey.pbx.reference.internal.message.Tags;
import org.latchkey.pbx.reference.internal.registrar.Binding;
import org.latchkey.pbx.reference.internal.registrar.Bindings;
import org.latchkey.pbx.reference.internal.service.RegisterMapping;
import org.latchkey.pbx.reference.internal.transport.Flow;
import org.latchkey.registration.AuthenticationResult;
import org.latchkey.registration.SipAnswer;

/**
 * Calls to permitted destinations. They go to the target configured for them and nowhere else. No
 * service is asked and nobody challenged while there is a place; only then may a phone prove
 * itself, which always has one. On the SIP thread.
 */
final class PermittedRouter {

  private static final String RETRY_SECONDS = "5";
  private static final String ONE_TOO_MANY =
      "An unproved caller to a permitted destination was one too many, or from elsewhere";
  private static final String DEAD_END = "A permitted destination leads nowhere";

  private final CallContext context;
  private final PermittedPlaces places;
  private final Trunks trunks;
  private final PermittedNews news;
  private final CallerProofs proofs;
  private final CallBacks callBacks;
  private final Tags tags;

  PermittedRouter(
      CallContext context,
      Trunks trunks,
      PermittedNews news,
      CallerProofs proofs,
      CallBacks callBacks,
      Tags tags) {
    this.callBacks = callBacks;
    this.context = context;
    this.places = new PermittedPlaces(context.callers());
    this.proofs = proofs;
    this.trunks = trunks;
    this.news = news;
    this.tags = tags;
  }

  /** Routes an INVITE to a permitted destination. */
  void route(SipMessage request, Flow flow, Destination destination) {
    Optional<Originator.Trusted> trunk = context.settings().trunks().at(flow.remote());
    Originator who = who(request, flow, trunk);
    Room room = context.transactions().room(destination);
    Optional<CallerPlaces.Place> place =
        places.enter(request, flow, destination.kind(), trunk, context.permitted(), room);
    if (place.isPresent()) {
      connect(request, flow, destination, who, place.get());
    } else {
      prove(request, flow, destination, who);
    }
  }

  /** Lets a phone of ours prove itself; who proves nothing is one too many. */
  private void prove(SipMessage request, Flow flow, Destination destination, Originator who) {
    Optional<Aor> from =
        Callers.from(request)
            .filter(aor -> context.settings().domains().contains(aor.domain()))
            .or(() -> context.callers().registeredAt(request, flow).map(Binding::aor));
    boolean asked =
        from.isPresent()
            && !(who instanceof Originator.Trusted)
            && proofs.proveAtOnce(
                request,
                flow,
                from.get(),
                result -> proved(request, flow, destination, who, from.get(), result));
    if (!asked) {
      refuse(request, flow, destination, who, busy(request));
    }
  }

  private void proved(
      SipMessage request,
      Flow flow,
      Destination destination,
      Originator before,
      Aor from,
      AuthenticationResult result) {
    boolean proved =
        result instanceof AuthenticationResult.Accepted phone && phone.aor().equals(from);
    if (!proved) {
      refuse(request, flow, destination, before, challenge(request, result));
    } else if (context.calls().find(request.callId(), request.tag("From")).isPresent()) {
      flow.send(Answers.to(request, 482, tags.of(request)).build());
    } else if (!context.transactions().absorb(request, flow)) {
      String key = ((AuthenticationResult.Accepted) result).keyIdentifier();
      boolean registered = context.bindings().isRegistered(from, key);
      Originator phone = new Originator.Phone(key, from, registered);
      connect(request, flow, destination, phone, CallerPlaces.Place.SURE);
    }
  }

  /** The chance to prove itself; who can't be asked is told that the lines are busy. */
  private SipMessage challenge(SipMessage request, AuthenticationResult result) {
    Function<SipAnswer, SipMessage> mapped =
        answer -> RegisterMapping.response(request, answer, tags.of(request));
    return result.fold(
        accepted -> busy(request),
        challenged -> mapped.apply(challenged.answer()),
        rejected -> mapped.apply(rejected.answer()),
        notOurs -> busy(request),
        unavailable -> busy(request));
  }

  private SipMessage busy(SipMessage request) {
    return Answers.to(request, 486, tags.of(request)).add("Retry-After", RETRY_SECONDS).build();
  }

  private void connect(
      SipMessage request,
      Flow flow,
      Destination destination,
      Originator who,
      CallerPlaces.Place place) {
    if (isDeadEnd(destination)) {
      place.ended().run();
      place.forgotten().run();
      news.tell(destination, who, request.callId(), false);
      context.refusals().note(DEAD_END, destination.dialled());
      flow.send(Answers.to(request, 480, tags.of(request)).build());
      return;
    }
    Room room = context.transactions().room(destination);
    ServerTransaction invite =
        context.transactions().open(request, flow, room.of(who), place.forgotten());
    invite.answer(100);
    Originator inCall = inCall(request, flow, who);
    Call call = context.call(request, flow, inCall, destination, room, place.ended());
    targets(destination, targets -> start(invite, call, destination, who, targets));
    if (destination.kind() == Kind.EMERGENCY) {
      callBack(request, flow, who).ifPresent(callBacks::expect);
    }
  }

  /** Whether it leads to a phone of ours and none is there; then nothing is kept of the call. */
  private boolean isDeadEnd(Destination destination) {
    return context
        .ownAor(destination.target())
        .filter(aor -> context.bindings().reachable(aor).isEmpty())
        .isPresent();
  }

  /** Where an emergency service will call back: the phone of ours that calls. */
  private Optional<Aor> callBack(SipMessage request, Flow flow, Originator who) {
    return who instanceof Originator.Phone phone
        ? Optional.of(phone.aor())
        : context.callers().registeredAt(request, flow).map(Binding::aor);
  }

  /** Keeps nothing of it: who sends a flood must not make us remember or send more than it did. */
  private void refuse(
      SipMessage request, Flow flow, Destination destination, Originator who, SipMessage answer) {
    if (context.refusals().note(ONE_TOO_MANY, flow.source())) {
      news.tell(destination, who, request.callId(), false);
    }
    flow.send(answer);
  }

  /** How many unproved callers there are now. */
  int unprovedCalls() {
    return places.unproved();
  }

  private void start(
      ServerTransaction invite,
      Call call,
      Destination destination,
      Originator who,
      List<Target> targets) {
    boolean possible = !targets.isEmpty() && !invite.isAnswered();
    CallSetup setup = context.setup(invite, call);
    setup.onNowhere(() -> nowhere(destination, who, call));
    boolean sent =
        possible
            && setup.start(
                stripped(invite.request()), targets, context.settings().maxRingingSeconds());
    if (sent) {
      news.tell(destination, who, call.callId(), true);
    } else {
      call.end();
      invite.answer(480);
      nowhere(destination, who, call);
    }
  }

  /** It reached nobody, be it that it was told to be on its way before. */
  private void nowhere(Destination destination, Originator who, Call call) {
    context.refusals().note(DEAD_END, destination.dialled());
    news.tell(destination, who, call.callId(), false);
  }

  /** Nothing in the request may choose another target, here or further on. */
  private static SipMessage stripped(SipMessage request) {
    return Requests.withoutOtherCalls(request.edit())
        .remove("Refer-To")
        .remove("Proxy-Require")
        .build();
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
      Target.OtherWay otherWay = (broken, found) -> trunks.findOther(target.get(), broken, found);
      trunks.find(
          target.get(),
          way ->
              then.accept(
                  way.map(flow -> List.of(new Target(flow, destination.target(), trunk, otherWay)))
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
        new Originator.Phone(binding.keyIdentifier(), binding.aor(), true),
        Target.OtherWay.NONE);
  }

  /**
   * Whose side the caller's is inside the call. Who speaks there heard the answer, which went to
   * where the phone registered: that is enough on UDP, too, where a first request is no proof.
   */
  private Originator inCall(SipMessage request, Flow flow, Originator who) {
    return who instanceof Originator.Unproved
        ? context
            .callers()
            .registeredAt(request, flow)
            .<Originator>map(b -> new Originator.Phone(b.keyIdentifier(), b.aor(), true))
            .orElse(who)
        : who;
  }

  private Originator who(SipMessage request, Flow flow, Optional<Originator.Trusted> trunk) {
    Optional<Originator> phone = context.callers().named(request, flow).map(p -> p);
    return phone.or(() -> trunk).orElseGet(() -> new Originator.Unproved(flow.remote()));
  }
}
