package org.latchkey.pbx.reference.internal.call;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.latchkey.pbx.reference.internal.message.RequestCheck;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.transport.Flow;

/**
 * One call from its INVITE to its answer: all contacts ring at once, the first to answer has it
 * (RFC 3261 section 16.7). Contacts named by an answer are never followed. On the SIP thread.
 */
final class CallSetup {

  private final ServerTransaction invite;
  private final Call call;
  private final CallTable calls;
  private final Transactions transactions;
  private final EventExecutor timers;
  private final List<Branch> branches = new ArrayList<>(2);
  private @Nullable Future<?> ringing;
  private @Nullable SipMessage best;
  private boolean stopping;
  private Runnable nowhere = () -> {};

  CallSetup(
      ServerTransaction invite,
      Call call,
      CallTable calls,
      Transactions transactions,
      EventExecutor timers) {
    this.invite = invite;
    this.call = call;
    this.calls = calls;
    this.transactions = transactions;
    this.timers = timers;
  }

  /** What to do when it turns out that it reached nobody. */
  void onNowhere(Runnable action) {
    nowhere = action;
  }

  /**
   * Rings at all targets; for no longer than {@code maxRingingSeconds}.
   *
   * @return false when it is the second of its kind, which rings nowhere
   */
  boolean start(SipMessage request, List<Target> targets, int maxRingingSeconds) {
    if (!calls.add(call)) {
      // The same call by another branch was faster while this one was decided on.
      call.end();
      invite.answer(482);
      return false;
    }
    invite.onCancel(this::stop);
    call.onAbandon(this::stop);
    ringing = timers.schedule(this::stop, maxRingingSeconds, TimeUnit.SECONDS);
    Room.Account account = call.room().of(call.caller().who());
    for (Target target : targets) {
      SipMessage.Editor forwarded =
          Requests.forwarded(request, target.flow(), transactions.newBranch()).uri(target.uri());
      Requests.recordRoute(forwarded, invite.flow(), target.flow());
      Branch branch = new Branch(target);
      branches.add(branch);
      branch.sent = transactions.send(forwarded.build(), target.flow(), account, branch);
    }
    invite.passedOn();
    return true;
  }

  /** Stops the ringing: each contact is told, and has a while to agree. */
  private void stop() {
    if (!stopping && !invite.isAnswered()) {
      stopping = true;
      branches.forEach(Branch::cancel);
      Future<?> unused =
          timers.schedule(this::finish, Timers.GIVE_UP_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void answeredBy(Branch branch, SipMessage response) {
    if (response.status() >= 200) {
      cancelTimer();
      branches.stream().filter(other -> other != branch).forEach(Branch::cancel);
    }
    Leg leg = leg(branch, response);
    if (leg != null && response.status() >= 200) {
      leg.confirmed(Requests.beyond(response), response);
      call.establish();
    } else if (response.status() >= 200 && !call.isEstablished()) {
      // No request can name that dialog, so that no BYE would ever end the call.
      calls.end(call);
    }
    invite.send(Transactions.withoutOurVia(response));
  }

  /** The called side that an answer belongs to; none without a tag that requests can repeat. */
  private @Nullable Leg leg(Branch branch, SipMessage response) {
    String tag = response.tag("To");
    if (tag.isEmpty() || tag.length() > RequestCheck.MAX_ID) {
      return null;
    }
    Leg known = call.leg(tag).orElse(null);
    if (known != null) {
      return known == call.caller() ? null : known;
    }
    Leg leg =
        new Leg(
            branch.target.who(),
            tag,
            response.header("To").orElse(""),
            Requests.beyond(response),
            branch.target.flow(),
            Leg.contactOf(response).orElse(branch.target.uri()));
    return calls.addCalled(call, leg) ? leg : null;
  }

  private void refusedBy(SipMessage response) {
    SipMessage before = best;
    if (before == null || FinalAnswers.isBetter(response.status(), before.status())) {
      best = response;
    }
    if (response.status() >= 600) {
      branches.forEach(Branch::cancel);
    }
    if (branches.stream().allMatch(b -> b.over)) {
      finish();
    }
  }

  /** All have refused, or were given up. */
  private void finish() {
    cancelTimer();
    if (call.isEstablished() || invite.isAnswered()) {
      return;
    }
    calls.end(call);
    branches.forEach(Branch::forget);
    if (branches.stream().noneMatch(b -> b.reached)) {
      nowhere.run();
    }
    SipMessage chosen = best;
    if (invite.isCancelled()) {
      invite.answer(487);
    } else if (stopping || chosen == null) {
      boolean broken = branches.stream().allMatch(b -> b.broken);
      invite.answer(stopping || broken ? 480 : 408);
    } else {
      invite.send(FinalAnswers.passedOn(chosen, invite, call));
    }
  }

  private void cancelTimer() {
    Future<?> timer = ringing;
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /** One contact that rings. */
  private final class Branch implements ClientTransaction.Answered {
    private Target target;
    private @Nullable ClientTransaction sent;
    private boolean over;
    private boolean reached;
    private boolean sentAgain;
    private boolean broken;
    private boolean cancelWanted;
    private boolean cancelSent;

    Branch(Target target) {
      this.target = target;
    }

    @Override
    public void answer(SipMessage response, Flow from) {
      // A loop came back to us and got no further.
      reached |= response.status() != 482;
      if (response.status() >= 200) {
        over = true;
      } else if (cancelWanted) {
        cancel();
      }
      if (response.status() >= 300) {
        if (!call.isEstablished()) {
          refusedBy(response);
        }
      } else if (response.status() > 100) {
        answeredBy(this, response);
      }
    }

    @Override
    public void noAnswer() {
      over = true;
      if (!call.isEstablished() && branches.stream().allMatch(b -> b.over)) {
        finish();
      }
    }

    @Override
    public void lost() {
      if (sentAgain || cancelWanted || invite.isAnswered()) {
        broken = !cancelWanted;
        noAnswer();
        return;
      }
      sentAgain = true;
      target
          .otherWay()
          .find(target.flow(), way -> way.ifPresentOrElse(this::sendAgain, this::lost));
    }

    private void sendAgain(Flow way) {
      ClientTransaction before = sent;
      if (cancelWanted || invite.isAnswered() || before == null) {
        noAnswer();
        return;
      }
      target = target.by(way);
      SipMessage again =
          Requests.byAnotherWay(before.request(), invite.flow(), way, transactions.newBranch());
      sent = transactions.send(again, way, call.room().of(call.caller().who()), this);
    }

    /** No answer matters any more. */
    void forget() {
      ClientTransaction invited = sent;
      if (!over && invited != null) {
        invited.forget();
      }
    }

    /** A contact that said nothing yet is told as soon as it does (section 9.1). */
    void cancel() {
      ClientTransaction invited = sent;
      cancelWanted = true;
      if (over || cancelSent || invited == null || !invited.hasProvisional()) {
        return;
      }
      cancelSent = true;
      transactions.send(
          Requests.sameHop(invited.request(), "CANCEL").build(), target.flow(), new Unheard());
    }
  }

  /** Answers that change nothing. */
  static final class Unheard implements ClientTransaction.Answered {
    @Override
    public void answer(SipMessage response, Flow from) {
      // Whatever the peer says to this, the call is over for us.
    }

    @Override
    public void noAnswer() {
      // The peer is gone, which is as good as an answer.
    }
  }
}
