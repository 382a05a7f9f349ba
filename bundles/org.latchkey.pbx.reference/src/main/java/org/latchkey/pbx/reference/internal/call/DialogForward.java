package org.latchkey.pbx.reference.internal.call;

import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.transport.Flow;

/** One request of a dialog on its way to the other side, and its answer back. SIP thread. */
final class DialogForward implements ClientTransaction.Answered {

  private final CallContext context;
  private final ServerTransaction transaction;
  private final Call call;
  private final Leg receiver;
  private final boolean bye;

  DialogForward(CallContext context, ServerTransaction transaction, Call call, Leg receiver) {
    this.context = context;
    this.transaction = transaction;
    this.call = call;
    this.receiver = receiver;
    this.bye = transaction.request().method().equals("BYE");
  }

  /** Sends it; the sender of an INVITE may still change its mind. */
  void start(SipMessage forwarded, Flow to) {
    ClientTransaction started = context.transactions().send(forwarded, to, this);
    if (forwarded.method().equals("INVITE")) {
      transaction.onCancel(() -> cancel(started));
    }
  }

  @Override
  public void answer(SipMessage response) {
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
      context.calls().end(call);
    }
  }

  @Override
  public void noAnswer() {
    transaction.answer(transaction.isCancelled() ? 487 : 408);
    if (bye) {
      context.calls().end(call);
    }
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
}
