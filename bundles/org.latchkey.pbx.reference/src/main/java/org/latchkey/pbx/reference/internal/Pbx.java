package org.latchkey.pbx.reference.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.latchkey.pbx.Registration;
import org.latchkey.pbx.reference.internal.call.Calls;
import org.latchkey.pbx.reference.internal.call.PermittedCalls;
import org.latchkey.pbx.reference.internal.message.Answers;
import org.latchkey.pbx.reference.internal.message.RequestCheck;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.message.Tags;
import org.latchkey.pbx.reference.internal.registrar.Binding;
import org.latchkey.pbx.reference.internal.registrar.Bindings;
import org.latchkey.pbx.reference.internal.registrar.Registrar;
import org.latchkey.pbx.reference.internal.registrar.RegistrationKeeper;
import org.latchkey.pbx.reference.internal.service.LatchkeyServices;
import org.latchkey.pbx.reference.internal.service.Prover;
import org.latchkey.pbx.reference.internal.service.Refusals;
import org.latchkey.pbx.reference.internal.service.RegisterMapping;
import org.latchkey.pbx.reference.internal.transport.Connector;
import org.latchkey.pbx.reference.internal.transport.Flow;
import org.latchkey.pbx.reference.internal.transport.Listeners;
import org.latchkey.pbx.reference.internal.transport.MessageSink;
import org.latchkey.pbx.reference.internal.transport.SipThreads;

/** The whole PBX: sockets, registrar and proxy. Thread-safe. */
public final class Pbx implements AutoCloseable {

  private static final Duration LONGEST_HOLD = Duration.ofSeconds(20);
  private static final long SWEEP_SECONDS = 30;
  private static final long KEEP_SECONDS = 1;
  private static final long COMMAND_SECONDS = 2;

  private final SipThreads threads = new SipThreads();
  private final Refusals refusals = new Refusals();
  private final Tags tags = new Tags();
  private final Bindings bindings;
  private final Listeners listeners;
  private final Prover prover;
  private final Registrar registrar;
  private final Calls calls;
  private final Future<?> sweeper;
  private final RegistrationKeeper keeper;
  private final Future<?> keeping;
  private final InstantSource wall;
  private final InstantSource steady;
  private volatile Settings settings;
  private volatile RegisterMapping mapping;

  /**
   * A PBX with these settings; nothing listens before {@link #apply(Settings)}.
   *
   * @param wall the time of day; it may be set, and nothing ends by that
   * @param registrations the file that registrations outlast a restart in
   */
  public Pbx(
      LatchkeyServices services,
      Settings settings,
      Supplier<PermittedCalls> permitted,
      InstantSource wall,
      Path registrations) {
    this.settings = settings;
    this.mapping = new RegisterMapping(settings.realm());
    this.wall = wall;
    this.steady = new SteadyClock(wall, System::nanoTime);
    bindings = new Bindings(steady, settings.maxRegistrations());
    Sink sink = new Sink();
    listeners =
        new Listeners(
            threads,
            sink,
            steady,
            source -> this.settings.trunks().at(source).isPresent(),
            settings.connectionsPerSource(),
            settings.connections());
    prover = new Prover(services, () -> this.mapping, LONGEST_HOLD, threads.sipThread(), refusals);
    keeper =
        new RegistrationKeeper(
            new OwnerFile(registrations),
            bindings,
            listeners,
            services,
            this::isServed,
            wall,
            steady,
            refusals);
    registrar =
        new Registrar(
            bindings, prover, services, this::isServed, wall, steady, tags, refusals, keeper);
    calls =
        new Calls(
            threads,
            listeners,
            new Connector(threads, sink, steady),
            bindings,
            services,
            prover,
            () -> this.settings,
            permitted,
            wall,
            steady,
            tags,
            refusals);
    keeping =
        threads
            .sipThread()
            .scheduleWithFixedDelay(
                () -> refusals.guard(keeper::look), KEEP_SECONDS, KEEP_SECONDS, TimeUnit.SECONDS);
    sweeper =
        threads
            .sipThread()
            .scheduleWithFixedDelay(
                () -> refusals.guard(this::sweep), 1, SWEEP_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Takes settings. Listeners that stay the same stay open.
   *
   * @return done when each listener was tried once
   */
  public CompletableFuture<Void> apply(Settings changed) {
    settings = changed;
    mapping = new RegisterMapping(changed.realm());
    return listeners
        .apply(changed.listeners(), changed.certificate(), changed.key())
        .thenRunAsync(() -> refusals.guard(keeper::look), threads.sipThread());
  }

  /** The settings in force. */
  public Settings settings() {
    return settings;
  }

  /** Its sockets. */
  public Listeners listeners() {
    return listeners;
  }

  /** Who is registered. */
  public Bindings bindings() {
    return bindings;
  }

  /** Who is registered, as administrators see it: in the time of day as it is now. */
  public List<Registration> registrations() {
    Duration set = Duration.between(steady.instant(), wall.instant());
    return bindings.all().stream().map(binding -> binding.toRegistration(set)).toList();
  }

  /** Drops the registrations of a key; how many. */
  public int drop(String keyIdentifier) {
    return onSipThread(() -> registrar.drop(keyIdentifier), 0);
  }

  /** Ends the calls of a key but emergency calls; how many. */
  public int hangUp(String keyIdentifier) {
    return onSipThread(() -> calls.hangUp(keyIdentifier), 0);
  }

  /** Sends a NOTIFY to each phone of a key; to how many. */
  public int checkSync(String keyIdentifier, String event) {
    if (!event.matches("[!-~ ]{1,128}")) {
      throw new IllegalArgumentException("no value of an Event header: it has a line break");
    }
    List<Binding> told =
        bindings.all().stream()
            .filter(b -> b.keyIdentifier().equals(keyIdentifier) && b.flow().isOpen())
            .toList();
    threads
        .sipThread()
        .execute(() -> refusals.guard(() -> told.forEach(b -> calls.checkSync(b, event))));
    return told.size();
  }

  /** How many calls there are, unproved ones among them, and transactions. */
  public CallCount callCount() {
    return onSipThread(
        () -> new CallCount(calls.size(), calls.unproved(), calls.transactions()),
        new CallCount(0, 0, 0));
  }

  /** The permitted destinations that lead nowhere now. */
  public List<String> deadEnds() {
    return onSipThread(calls::deadEnds, List.of());
  }

  @Override
  public void close() {
    sweeper.cancel(false);
    keeping.cancel(false);
    listeners.close();
    onSipThread(
        () -> {
          prover.close();
          calls.close();
          keeper.last();
          return true;
        },
        false);
    threads.close();
    keeper.close();
  }

  private boolean isServed(String domain) {
    return settings.domains().contains(domain);
  }

  private void dispatch(SipMessage message, Flow flow) {
    if (!message.isRequest()) {
      if (message.fault().isEmpty()) {
        calls.response(message, flow);
      }
      return;
    }
    if (!RequestCheck.answerable(message)) {
      return;
    }
    SipMessage request = Answers.received(message, flow.remote());
    RequestCheck.fault(request)
        .ifPresentOrElse(fault -> malformed(request, flow, fault), () -> wellFormed(request, flow));
  }

  private void wellFormed(SipMessage request, Flow flow) {
    if (request.method().equals("REGISTER")) {
      registrar.register(request, flow);
    } else {
      calls.request(request, flow);
    }
  }

  private void malformed(SipMessage request, Flow flow, String fault) {
    refusals.note("A request was malformed: " + fault, flow.source());
    if (!request.method().equals("ACK")) {
      int status = fault.startsWith("the version") ? 505 : 400;
      flow.send(Answers.to(request, status, tags.of(request)).build());
    }
  }

  private void sweep() {
    registrar.sweep();
    calls.sweep();
  }

  private <T> T onSipThread(Callable<T> work, T otherwise) {
    try {
      return threads.sipThread().submit(work).get(COMMAND_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return otherwise;
    } catch (ExecutionException | TimeoutException e) {
      refusals.note("A command could not be carried out", String.valueOf(e.getCause()));
      return otherwise;
    }
  }

  /** What the sockets bring. */
  private final class Sink implements MessageSink {
    @Override
    public void received(SipMessage message, Flow flow) {
      refusals.guard(() -> dispatch(message, flow));
    }

    @Override
    public void ended(Flow connection) {
      refusals.guard(() -> calls.connectionEnded(connection));
    }
  }

  /**
   * What is going on.
   *
   * @param calls calls, ringing or answered
   * @param unproved those of unproved callers
   * @param transactions requests that are not done
   */
  public record CallCount(int calls, int unproved, int transactions) {}
}
