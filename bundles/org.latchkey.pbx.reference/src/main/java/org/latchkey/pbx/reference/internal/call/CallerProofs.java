package org.latchkey.pbx.reference.internal.call;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.latchkey.key.Aor;
import org.latchkey.pbx.reference.internal.message.Answers;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.message.Tags;
import org.latchkey.pbx.reference.internal.service.Prover;
import org.latchkey.pbx.reference.internal.service.Refusals;
import org.latchkey.pbx.reference.internal.transport.Flow;
import org.latchkey.registration.AuthenticationResult;

/** The INVITEs whose caller is being proved; each may be given up meanwhile. On the SIP thread. */
final class CallerProofs {

  private static final int MOST = 20_000;
  private static final String NO_ROOM = "There is no room to prove another caller";

  private final Prover prover;
  private final Refusals refusals;
  private final Tags tags;

  /** By transaction; whether the caller gave up. */
  private final Map<String, Boolean> proving = new HashMap<>();

  CallerProofs(Prover prover, Refusals refusals, Tags tags) {
    this.prover = prover;
    this.refusals = refusals;
    this.tags = tags;
  }

  /**
   * Proves the caller of an INVITE, which waits while the authenticator is away.
   *
   * @return false when it is not taken; a resend of one that is being proved is absorbed
   */
  boolean prove(SipMessage request, Flow flow, Aor from, Consumer<AuthenticationResult> then) {
    return begin(request, flow, then, heard -> prover.prove(request, flow, from, true, heard));
  }

  /** The same for one that must not wait: when the authenticator is away it is told so at once. */
  boolean proveAtOnce(
      SipMessage request, Flow flow, Aor from, Consumer<AuthenticationResult> then) {
    return begin(
        request,
        flow,
        then,
        heard -> {
          prover.proveAtOnce(request, flow, from, heard);
          return true;
        });
  }

  /** The caller of an INVITE gives up while it is being proved; false when it is not. */
  boolean cancel(SipMessage cancel, Flow flow) {
    String key = Transactions.key(cancel, "INVITE", flow);
    return proving.computeIfPresent(key, (k, cancelled) -> true) != null;
  }

  private boolean begin(
      SipMessage request, Flow flow, Consumer<AuthenticationResult> then, Question question) {
    String key = Transactions.key(request, "INVITE", flow);
    if (proving.containsKey(key)) {
      return true;
    }
    if (proving.size() >= MOST) {
      refusals.note(NO_ROOM, flow.source());
      return false;
    }
    proving.put(key, false);
    boolean taken =
        question.ask(
            result -> {
              if (Boolean.TRUE.equals(proving.remove(key))) {
                flow.send(Answers.to(request, 487, tags.of(request)).build());
              } else {
                then.accept(result);
              }
            });
    if (!taken) {
      proving.remove(key);
    }
    return taken;
  }

  /** Asks the prover; false when it did not take the question. */
  @FunctionalInterface
  private interface Question {
    boolean ask(Consumer<AuthenticationResult> heard);
  }
}
