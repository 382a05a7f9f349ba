package org.latchkey.pbx.reference.internal.call;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latchkey.pbx.reference.internal.Settings;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.message.SipUri;
import org.latchkey.pbx.reference.internal.message.Tags;
import org.latchkey.pbx.reference.internal.registrar.Binding;
import org.latchkey.pbx.reference.internal.registrar.Bindings;
import org.latchkey.pbx.reference.internal.service.DeadlineCalls;
import org.latchkey.pbx.reference.internal.service.HeldRequests;
import org.latchkey.pbx.reference.internal.service.LatchkeyServices;
import org.latchkey.pbx.reference.internal.service.Prover;
import org.latchkey.pbx.reference.internal.service.Refusals;
import org.latchkey.pbx.reference.internal.transport.Connector;
import org.latchkey.pbx.reference.internal.transport.Flow;
import org.latchkey.pbx.reference.internal.transport.Listeners;
import org.latchkey.pbx.reference.internal.transport.SipThreads;

/** The proxy: everything about calls. All but {@link #close()} on the SIP thread. */
public final class Calls implements AutoCloseable {

  private static final int MOST_ASKED = 4_096;
  private static final int MOST_HELD = 2_000;
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final long LOOK_SECONDS = 10;

  private final CallContext context;
  private final CallRouter router;
  private final PermittedRouter permittedRouter;
  private final HangUp hangUp;
  private final CheckSyncs checkSyncs;
  private final Trunks trunks;
  private final DeadlineCalls admissionCalls;
  private final DeadlineCalls newsCalls;
  private final HeldRequests held;
  private final Future<?> looks;

  /** A proxy for the phones in {@code bindings}. */
  public Calls(
      SipThreads threads,
      Listeners listeners,
      Connector connector,
      Bindings bindings,
      LatchkeyServices services,
      Prover prover,
      Supplier<Settings> settings,
      Supplier<PermittedCalls> permitted,
      InstantSource wall,
      InstantSource clock,
      Tags tags,
      Refusals refusals) {
    var timers = threads.sipThread();
    Transactions transactions =
        new Transactions(timers, tags, Rooms.inHeapOf(Runtime.getRuntime().maxMemory()));
    context =
        new CallContext(
            settings,
            permitted,
            bindings,
            new Callers(bindings),
            transactions,
            new CallTable(),
            refusals,
            clock,
            timers);
    trunks = new Trunks(listeners, connector, timers, refusals);
    admissionCalls =
        new DeadlineCalls("latchkey-sip-admission", MOST_ASKED, DEADLINE, timers, refusals);
    newsCalls = new DeadlineCalls("latchkey-sip-news", MOST_ASKED, DEADLINE, timers, refusals);
    held =
        new HeldRequests(
            MOST_HELD, Long.MAX_VALUE, () -> services.admission().isPresent(), timers, refusals);
    Admissions admissions = new Admissions(services, admissionCalls, held);
    CallBacks callBacks = new CallBacks(clock, context::isEmergencyService);
    CallerProofs proofs = new CallerProofs(prover, refusals, tags);
    permittedRouter =
        new PermittedRouter(
            context, trunks, new PermittedNews(services, newsCalls, wall), proofs, callBacks, tags);
    router =
        new CallRouter(
            context,
            permittedRouter,
            new OrdinaryRouter(
                context, proofs, admissions, callBacks, new MoveCalls(context, services), tags),
            new DialogRouter(context, admissions),
            proofs,
            tags);
    hangUp = new HangUp(context);
    checkSyncs = new CheckSyncs(context, services);
    looks =
        timers.scheduleWithFixedDelay(
            () -> refusals.guard(() -> trunks.look(this::flows)),
            LOOK_SECONDS,
            LOOK_SECONDS,
            TimeUnit.SECONDS);
  }

  /** Routes or answers a request other than REGISTER. */
  public void request(SipMessage request, Flow flow) {
    router.route(request, flow);
  }

  /** Takes an answer to something we sent. */
  public void response(SipMessage response, Flow flow) {
    context.transactions().received(response, flow);
  }

  /** A connection ended. */
  public void connectionEnded(Flow connection) {
    context.transactions().ended(connection);
  }

  /** How many calls there are. */
  public int size() {
    return context.calls().size();
  }

  /** How many transactions there are. */
  public int transactions() {
    return context.transactions().size();
  }

  /** How many of the calls are unproved callers'. */
  public int unproved() {
    return permittedRouter.unprovedCalls();
  }

  /** Ends the calls of a key but emergency calls; how many. */
  public int hangUp(String keyIdentifier) {
    return hangUp.byKey(keyIdentifier);
  }

  /** Looks after calls that nobody ended, and after the names of trunks. */
  public void sweep() {
    hangUp.sweep();
    learnTrunks();
  }

  /** Looks up the names of trunks ahead of the first call. */
  public void learnTrunks() {
    context.permitted().destinations().all().stream()
        .filter(destination -> context.ownAor(destination.target()).isEmpty())
        .flatMap(destination -> SipUri.of(destination.target()).stream())
        .forEach(trunks::learn);
  }

  /** Tells a phone by a NOTIFY outside a dialog to fetch its configuration again. */
  public void checkSync(Binding binding, String event) {
    checkSyncs.tell(binding, event);
  }

  /** Where the permitted destinations lead that lead nowhere now. */
  public List<String> deadEnds() {
    return context.permitted().destinations().all().stream()
        .filter(
            destination ->
                context
                    .ownAor(destination.target())
                    .filter(aor -> context.bindings().reachable(aor).isEmpty())
                    .isPresent())
        .map(destination -> destination.dialled() + " to " + destination.target())
        .toList();
  }

  /** The ways that calls and transactions go by. */
  private Set<Flow> flows() {
    return Stream.concat(context.calls().flows(), context.transactions().flows())
        .collect(Collectors.toSet());
  }

  @Override
  public void close() {
    looks.cancel(false);
    held.close();
    checkSyncs.close();
    admissionCalls.close();
    newsCalls.close();
    trunks.close();
  }
}
