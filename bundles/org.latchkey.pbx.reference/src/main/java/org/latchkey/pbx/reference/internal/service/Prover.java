package org.latchkey.pbx.reference.internal.service;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.latchkey.key.Aor;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.message.Via;
import org.latchkey.pbx.reference.internal.transport.Flow;
import org.latchkey.registration.AuthenticationResult;
import org.latchkey.registration.AuthenticationResult.Unavailable;
import org.latchkey.registration.RegisterRequest;
import org.latchkey.registration.RegistrationAuthenticator;

/**
 * Asks the authenticator who a request is from. While it is away or unavailable the request waits,
 * silently; {@link Unavailable} is told only when it waited for too long. On the SIP thread.
 */
public final class Prover implements AutoCloseable {

  private static final int MOST_ASKED = 8_192;
  private static final int MOST_HELD = 20_000;
  private static final long MOST_HELD_BYTES = 32L << 20;
  private static final int PART_OF_HEAP = 16;
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private static final Unavailable AWAY =
      new Unavailable("no authenticator answers", Duration.ofSeconds(5));

  private final LatchkeyServices services;
  private final Supplier<RegisterMapping> mapping;
  private final Duration longest;
  private final DeadlineCalls calls;
  private final HeldRequests held;

  /** Asks for requests as {@code mapping} words them, and lets them wait for {@code longest}. */
  public Prover(
      LatchkeyServices services,
      Supplier<RegisterMapping> mapping,
      Duration longest,
      EventExecutor sipThread,
      Refusals refusals) {
    this.services = services;
    this.mapping = mapping;
    this.longest = longest;
    this.calls = new DeadlineCalls("latchkey-sip-proof", MOST_ASKED, DEADLINE, sipThread, refusals);
    this.held =
        new HeldRequests(
            MOST_HELD,
            Math.min(MOST_HELD_BYTES, Runtime.getRuntime().maxMemory() / PART_OF_HEAP),
            () -> services.authenticator().isPresent(),
            sipThread,
            refusals);
  }

  /**
   * Asks whether a request comes from the holder of the key of {@code aor}.
   *
   * @return whether it was taken; false when it waits already, and {@code then} hears nothing
   */
  public boolean prove(
      SipMessage request, Flow flow, Aor aor, boolean proxy, Consumer<AuthenticationResult> then) {
    String key = key(request, flow);
    if (held.isHeld(key)) {
      return false;
    }
    RegisterRequest question = mapping.get().request(request, flow, aor, proxy);
    ask(new Attempt(key, question, request.size(), System.nanoTime(), true, then));
    return true;
  }

  /** The same for what would only be passed on, and must not wait for an authenticator. */
  public void proveAtOnce(
      SipMessage request, Flow flow, Aor aor, Consumer<AuthenticationResult> then) {
    RegisterRequest question = mapping.get().request(request, flow, aor, true);
    ask(new Attempt(key(request, flow), question, 0, System.nanoTime(), false, then));
  }

  @Override
  public void close() {
    held.close();
    calls.close();
  }

  private void ask(Attempt attempt) {
    Optional<RegistrationAuthenticator> authenticator = services.authenticator();
    if (authenticator.isEmpty()) {
      told(attempt, AWAY);
      return;
    }
    calls.<AuthenticationResult>ask(
        () -> authenticator.get().authenticate(attempt.question),
        AWAY,
        result -> told(attempt, result));
  }

  private void told(Attempt attempt, AuthenticationResult result) {
    if (result instanceof Unavailable unavailable && attempt.waits) {
      boolean waits =
          held.isHeld(attempt.key)
              || held.hold(
                  attempt.key,
                  attempt.bytes,
                  attempt.since,
                  longest,
                  () -> ask(attempt),
                  () -> attempt.then.accept(unavailable));
      if (!waits) {
        attempt.then.accept(unavailable);
      }
    } else {
      attempt.then.accept(result);
    }
  }

  private static String key(SipMessage request, Flow flow) {
    String branch = request.header("Via").flatMap(Via::of).map(Via::branch).orElse("");
    return request.method()
        + ' '
        + branch
        + ' '
        + request.callId()
        + ' '
        + request.cseq()
        + ' '
        + flow.source();
  }

  private record Attempt(
      String key,
      RegisterRequest question,
      long bytes,
      long since,
      boolean waits,
      Consumer<AuthenticationResult> then) {}
}
