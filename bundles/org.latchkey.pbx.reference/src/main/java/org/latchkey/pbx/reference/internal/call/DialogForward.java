package org.latchkey.pbx.reference.internal.call;

import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.transport.Flow;

/** One request of a dialog on its way to the other side, and its answer back. SIP thread. */
final class DialogForward implements ClientTransaction.Answered {

  private final CallContext context;
  private final ServerTransaction transaction;
  private final Call call;
  private final Leg sender;
  private final Leg receiver;
  private final boolean bye;

  /** What {@code sender} says to {@code receiver}, one of which is the caller. */
  DialogForward(
      CallContext context, ServerTransaction transaction, Call call, Leg sender, Leg receiver) {
    this.context = context;
    this.transaction = transaction;
    this.call = call;
    this.sender = sender;
    this.receiver = receiver;
    this.bye = transaction.request().method().equals("BYE");
  }

  /** Sends it; the sender of an INVITE may still change its mind. */
  void start(SipMessage forwarded, Flow to) {
    Room.Account account = call.room().of(sender.who());
    ClientTransaction started = context.transactions().send(forwarded, to, account, this);
    transaction.passedOn();
    if (forwarded.method().equals("INVITE")) {
      transaction.onCancel(() -> cancel(started));
    }
  }

  @Override
  public void answer(SipMessage response, Flow from) {
    if (response.status() == 100) {
      return;
    }
    if (response.status() / 100 == 2) {
      receiver.answered(response);
    }
    if (response.status() / 100 == 3) {
      // Where a call goes is not for one of its sides to say; a trunk would follow.
      transaction.answer(480);
    } else {
      transaction.send(Transactions.withoutOurVia(response));
    }
    if (bye && response.status() >= 200) {
      byeAnswered(response.status());
    }
  }

  @Override
  public void noAnswer() {
    transaction.answer(transaction.isCancelled() ? 487 : 408);
    if (bye) {
      // A sender can write a BYE that is dropped unread; ours can't be.
      HangUp.bye(context, call, receiver, sender, new CallSetup.Unheard());
      hungUp();
    }
  }

  /**
   * A sender can also write a BYE that is refused, by a low CSeq, say, and is in the call no more
   * all the same. So that it keeps no place for nothing we say it once more, in words that nobody
   * has to refuse. Who refuses that, too, talks on, and the call keeps its place.
   */
  private void byeAnswered(int status) {
    if (isOver(status)) {
      hungUp();
    } else if (called().isUp()) {
      HangUp.bye(context, call, receiver, sender, new OwnBye());
    }
  }

  /**
   * Whether an answer to a BYE says that the other side is free (RFC 3261 section 15.1.1). Any
   * other refusal leaves it in the call: a caller could have its BYE refused, by a low CSeq say, to
   * get its place back. What a permitted destination hangs up is over, whatever its caller says.
   */
  private boolean isOver(int status) {
    boolean byTarget = call.permitted() != null && receiver == call.caller();
    return status / 100 == 2 || status == 408 || status == 481 || (byTarget && status >= 300);
  }

  private void hungUp() {
    context.calls().hungUp(call, called());
  }

  private Leg called() {
    return receiver == call.caller() ? sender : receiver;
  }

  private void cancel(ClientTransaction invited) {
    if (invited.hasProvisional()) {
      context
          .transactions()
          .send(
              Requests.sameHop(invited.request(), "CANCEL").build(),
              invited.flow(),
              new CallSetup.Unheard());
    }
  }

  /** What the receiver says to our BYE. */
  private final class OwnBye implements ClientTransaction.Answered {
    @Override
    public void answer(SipMessage response, Flow from) {
      if (response.status() >= 200 && isOver(response.status())) {
        hungUp();
      }
    }

    @Override
    public void noAnswer() {
      hungUp();
    }
  }
}
