package org.latchkey.pbx.reference.internal.call;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.transport.Flow;
import org.latchkey.pbx.reference.internal.transport.Transport;

/** A request that was sent and its answers (RFC 3261 section 17.1). On the SIP thread. */
final class ClientTransaction {

  /** Hears what becomes of a request. */
  interface Answered {

    /**
     * An answer came; our Via is still on it.
     *
     * @param from the way it came by: by datagrams from another port of the peer's address perhaps
     */
    void answer(SipMessage response, Flow from);

    /** No answer came in time, or the peer can't be reached. */
    void noAnswer();

    /** The connection ended before anything came back: what was sent may not have arrived. */
    default void lost() {
      noAnswer();
    }
  }

  private final Room.Share share;
  private SipMessage request;
  private final Flow flow;
  private final Answered answered;
  private final EventExecutor timers;
  private final Runnable forget;
  private @Nullable Future<?> resend;
  private @Nullable Future<?> giveUp;
  private Runnable silence = () -> {};
  private boolean provisional;
  private int finalStatus;

  ClientTransaction(
      SipMessage request,
      Flow flow,
      Answered answered,
      EventExecutor timers,
      Room.Share share,
      Runnable forget) {
    this.request = request;
    this.flow = flow;
    this.answered = answered;
    this.timers = timers;
    this.share = share;
    this.forget = forget;
    share.hold(request.size());
  }

  void start() {
    if (flow.transport().isReliable() && !flow.isOpen()) {
      timers.execute(this::connectionEnded);
      return;
    }
    silence = flow.watch();
    flow.send(request);
    if (!flow.transport().isReliable()) {
      resendAfter(Timers.T1_MILLIS);
    }
    giveUp = timers.schedule(this::timeout, Timers.GIVE_UP_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The request as sent. */
  SipMessage request() {
    return request;
  }

  /** Where it was sent. */
  Flow flow() {
    return flow;
  }

  /** Whether the peer said anything yet: only then may a CANCEL go (section 9.1). */
  boolean hasProvisional() {
    return provisional;
  }

  /** Whether an answer on this flow can be one of ours. */
  boolean isFrom(Flow from) {
    return from.equals(flow)
        || (flow.transport() == Transport.UDP
            && from.transport() == Transport.UDP
            && from.remote().getAddress().equals(flow.remote().getAddress()));
  }

  /** An answer came by this way. */
  void received(SipMessage response, Flow from) {
    int status = response.status();
    if (finalStatus >= 300) {
      acknowledge(response);
      return;
    }
    if (finalStatus == 0 && status < 200) {
      progress();
    } else if (finalStatus == 0) {
      finished(status);
      acknowledge(response);
    } else if (!isInvite() || status / 100 != 2) {
      return;
    }
    answered.answer(response, from);
  }

  /** No answer matters any more. */
  void forget() {
    stop(resend);
    stop(giveUp);
    forgotten();
  }

  private void forgotten() {
    share.hold(0);
    forget.run();
  }

  private void progress() {
    if (isInvite() && !provisional) {
      stop(resend);
      stop(giveUp);
      giveUp = timers.schedule(this::timeout, Timers.RING_MILLIS, TimeUnit.MILLISECONDS);
    }
    provisional = true;
  }

  private void finished(int status) {
    finalStatus = status;
    stop(resend);
    stop(giveUp);
    request = request.withoutBody();
    share.hold(request.size());
    Future<?> unused =
        timers.schedule(this::forgotten, Timers.GIVE_UP_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** A refusal of an INVITE is acknowledged hop by hop (section 17.1.1.3). */
  private void acknowledge(SipMessage response) {
    if (isInvite() && response.status() >= 300) {
      flow.send(
          Requests.sameHop(request, "ACK").set("To", response.header("To").orElse("")).build());
    }
  }

  /** The connection that it was sent on ended: nothing will come there any more. */
  void connectionEnded() {
    if (end()) {
      if (provisional) {
        answered.noAnswer();
      } else {
        answered.lost();
      }
    }
  }

  private void timeout() {
    if (end()) {
      if (!provisional) {
        silence.run();
      }
      answered.noAnswer();
    }
  }

  /** Ends it without an answer; false when there was one. */
  private boolean end() {
    boolean open = finalStatus == 0;
    if (open) {
      finalStatus = 408;
      stop(resend);
      stop(giveUp);
      forgotten();
    }
    return open;
  }

  private void resendAfter(long millis) {
    resend =
        timers.schedule(
            () -> {
              flow.send(request);
              long next = isInvite() ? 2 * millis : Math.min(2 * millis, Timers.T2_MILLIS);
              resendAfter(provisional ? Timers.T2_MILLIS : next);
            },
            millis,
            TimeUnit.MILLISECONDS);
  }

  private boolean isInvite() {
    return request.method().equals("INVITE");
  }

  private static void stop(@Nullable Future<?> timer) {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
