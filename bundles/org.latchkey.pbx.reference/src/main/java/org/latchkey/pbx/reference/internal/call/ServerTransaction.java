package org.latchkey.pbx.reference.internal.call;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.latchkey.pbx.reference.internal.message.Answers;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.transport.Flow;

/** A request that came in and its answers (RFC 3261 section 17.2). On the SIP thread. */
final class ServerTransaction {

  private final Room.Share share;
  private SipMessage request;
  private final Flow flow;
  private final String toTag;
  private final EventExecutor timers;
  private final Runnable forget;
  private @Nullable SipMessage last;
  private @Nullable Future<?> resend;
  private @Nullable Runnable onCancel;
  private boolean answered;
  private int finalStatus;
  private boolean cancelled;

  ServerTransaction(
      SipMessage request,
      Flow flow,
      String toTag,
      EventExecutor timers,
      Room.Share share,
      Runnable forget) {
    this.request = request;
    this.flow = flow;
    this.toTag = toTag;
    this.timers = timers;
    this.share = share;
    this.forget = forget;
    weigh();
  }

  SipMessage request() {
    return request;
  }

  Flow flow() {
    return flow;
  }

  /** The request went on its way: its body is with whoever sends it again. */
  void passedOn() {
    request = request.withoutBody();
    weigh();
  }

  /** Whether the caller gave up before there was a final answer. */
  boolean isCancelled() {
    return cancelled;
  }

  /** Whether there was a final answer. */
  boolean isAnswered() {
    return answered;
  }

  /** An answer of our own with its usual reason phrase. */
  void answer(int status) {
    send(Answers.to(request, status, toTag).build());
  }

  /** Starts an answer of our own. */
  SipMessage.Editor prepare(int status, String reason) {
    return Answers.to(request, status, reason, toTag);
  }

  /** Whether the final answer was a refusal, whose ACK is for us. */
  boolean isRefused() {
    return finalStatus >= 300;
  }

  /** Sends an answer, ours or one passed on. After a final one only more 2xx are sent. */
  void send(SipMessage response) {
    int status = response.status();
    if (answered && !(isInvite() && status / 100 == 2)) {
      return;
    }
    flow.send(response);
    if (answered) {
      return;
    }
    last = response;
    if (status >= 200) {
      answered = true;
      finalStatus = status;
      keepLittle();
    }
    weigh();
    if (answered) {
      afterFinal(status);
    }
  }

  /** What an answered request needs no more can be much, and its sender chose how much. */
  private void keepLittle() {
    onCancel = null;
    request = SipMessage.request(request.method(), request.uri()).build();
    if (isInvite() && finalStatus < 300) {
      last = null;
    }
  }

  private void weigh() {
    SipMessage answer = last;
    share.hold(request.size() + (answer == null ? 0 : answer.size()));
  }

  /** The request came again (section 17.2.1: the last answer goes again). */
  void repeated() {
    SipMessage again = last;
    if (again != null) {
      flow.send(again);
    }
  }

  /** The ACK of a refusal came. */
  void acknowledged() {
    stopResending();
  }

  /** What to do when the caller gives up. */
  void onCancel(Runnable action) {
    onCancel = action;
  }

  /** The caller gives up (section 9.2). */
  void cancel() {
    if (answered || cancelled) {
      return;
    }
    cancelled = true;
    Runnable action = onCancel;
    if (action == null) {
      answer(487);
    } else {
      action.run();
    }
  }

  private boolean isInvite() {
    return request.method().equals("INVITE");
  }

  private void afterFinal(int status) {
    boolean reliable = flow.transport().isReliable();
    if (isInvite() && status >= 300 && !reliable) {
      resendAfter(Timers.T1_MILLIS);
    }
    if (isInvite() || !reliable) {
      Future<?> unused =
          timers.schedule(
              () -> {
                stopResending();
                forgotten();
              },
              Timers.GIVE_UP_MILLIS,
              TimeUnit.MILLISECONDS);
    } else {
      forgotten();
    }
  }

  private void forgotten() {
    last = null;
    share.hold(0);
    forget.run();
  }

  private void resendAfter(long millis) {
    resend =
        timers.schedule(
            () -> {
              repeated();
              resendAfter(Math.min(2 * millis, Timers.T2_MILLIS));
            },
            millis,
            TimeUnit.MILLISECONDS);
  }

  private void stopResending() {
    Future<?> running = resend;
    if (running != null) {
      running.cancel(false);
      resend = null;
    }
  }
}
