package org.latchkey.pbx.reference.internal.call;

import org.latchkey.pbx.reference.internal.message.SipMessage;

/** Which refusal a caller hears when all contacts refused (RFC 3261 section 16.7 step 6). */
final class FinalAnswers {

  private FinalAnswers() {}

  /** Whether one status says more than another. */
  static boolean isBetter(int status, int than) {
    return rank(status) < rank(than);
  }

  /**
   * The answer as the caller hears it. A called phone can't ask our callers for credentials, make
   * us look overloaded, or send a permitted call or one of a trunk elsewhere.
   */
  static SipMessage passedOn(SipMessage refusal, ServerTransaction invite, Call call) {
    int status = refusal.status();
    if (status == 401 || status == 407) {
      return invite.prepare(403, "Forbidden").build();
    }
    boolean bound = call.permitted() != null || call.caller().isTrunk();
    if (status == 503 || (bound && status < 400)) {
      return invite.prepare(480, "Temporarily Unavailable").build();
    }
    return Transactions.withoutOurVia(refusal);
  }

  private static int rank(int status) {
    return status >= 600 ? 0 : status;
  }
}
