package org.latchkey.pbx.reference.internal.call;

import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.latchkey.admission.Originator;
import org.latchkey.key.PhoneMoves;
import org.latchkey.key.PhoneMoves.Outcome;
import org.latchkey.pbx.reference.internal.message.Text;
import org.latchkey.pbx.reference.internal.service.LatchkeyServices;
import org.latchkey.pbx.reference.internal.service.Refusals;

/**
 * Calls to the short code of users who move. Each refusal is the same and leaves at a beat after
 * the call came in, whatever its reason, so that it tells nothing. On the SIP thread, which never
 * waits.
 */
final class MoveCalls {

  static final Duration BEAT = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final int MOST_ASKED = 64;

  private final CallContext context;
  private final LatchkeyServices services;
  private final EventExecutor sipThread;
  private final Refusals refusals;
  private int asked;

  MoveCalls(CallContext context, LatchkeyServices services) {
    this.context = context;
    this.services = services;
    this.sipThread = context.timers();
    this.refusals = context.refusals();
  }

  /** Whether a call is one of these. */
  boolean takes(String requestUri) {
    return rest(requestUri).isPresent();
  }

  /** Has it decided on and answers it. */
  void route(ServerTransaction invite, Originator caller) {
    Pending pending = new Pending(invite, System.nanoTime());
    boolean off = code().fault(context.permitted().destinations()).isPresent();
    Optional<PhoneMoves> moves = off ? Optional.empty() : services.moves();
    Optional<MoveCode.Dialled> read = rest(invite.request().uri()).flatMap(MoveCode::read);
    boolean phone = caller instanceof Originator.Phone;
    if (read.isEmpty() || moves.isEmpty() || !phone || asked >= MOST_ASKED) {
      read.ifPresent(MoveCode.Dialled::close);
      pending.decided(Outcome.REFUSED);
      return;
    }
    pending.isAsked();
    try (MoveCode.Dialled dialled = read.get()) {
      ask(pending, moves.get(), ((Originator.Phone) caller).keyIdentifier(), dialled);
    }
  }

  private void ask(
      Pending pending, PhoneMoves moves, String keyIdentifier, MoveCode.Dialled dialled) {
    InetAddress source = pending.invite.flow().remote().getAddress();
    try {
      CompletionStage<Outcome> unused =
          moves
              .move(keyIdentifier, source, dialled.extension(), dialled.pin())
              .whenComplete((outcome, fault) -> sipThread.execute(() -> pending.decided(outcome)));
    } catch (RuntimeException | LinkageError e) {
      refusals.note("A service that decides on PINs failed", e.getClass().getName());
      pending.decided(Outcome.REFUSED);
    }
  }

  private Optional<String> rest(String requestUri) {
    return code().rest(requestUri);
  }

  private MoveCode code() {
    return context.settings().moveCode();
  }

  /** How long it is from now to the next beat. */
  static long untilBeat(long sinceNanos, long nowNanos) {
    return BEAT.toNanos() - (nowNanos - sinceNanos) % BEAT.toNanos();
  }

  /** One that is decided on once, and answered at the next beat. */
  private final class Pending {
    private final ServerTransaction invite;
    private final long since;
    private boolean done;
    private @Nullable Future<?> timer;

    Pending(ServerTransaction invite, long since) {
      this.invite = invite;
      this.since = since;
    }

    /** From now on it takes a place, until it is decided on or too late. */
    void isAsked() {
      asked++;
      timer =
          sipThread.schedule(
              () -> decided(Outcome.REFUSED), LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    }

    void decided(Outcome outcome) {
      if (done) {
        return;
      }
      done = true;
      Future<?> running = timer;
      if (running != null) {
        running.cancel(false);
        asked--;
      }
      Future<?> unused =
          sipThread.schedule(
              () -> refusals.guard(() -> answer(outcome)),
              untilBeat(since, System.nanoTime()),
              TimeUnit.NANOSECONDS);
    }

    private void answer(Outcome outcome) {
      boolean moved = outcome == Outcome.MOVED;
      int status = moved ? 480 : 403;
      String reason =
          moved ? "This phone fetches its new extension" : "Extension or PIN not accepted";
      if (!invite.isAnswered()) {
        invite.send(invite.prepare(status, Text.write(reason)).build());
      }
    }
  }
}
