package org.latchkey.authenticator.internal;

import java.time.Duration;
import java.util.List;
import org.latchkey.registration.AuthenticationResult;
import org.latchkey.registration.RefusedPhone;
import org.latchkey.registration.RegisterRequest;
import org.latchkey.registration.RejectionReason;
import org.latchkey.registration.SipAnswer;

/**
 * What the PBX is told. All refusals have the same bytes but for the nonce, and those of a nonce
 * used before say {@code stale=true}, or the phone would take its secret for wrong.
 */
final class Answers {

  /** When a phone is to come again that we send away; every 503 says so, or some never do. */
  static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Challenges challenges;
  private final StaleLoops loops = new StaleLoops(RETRY_AFTER.toMillis());
  private final RefusalLoops refusals = new RefusalLoops();

  Answers(Challenges challenges) {
    this.challenges = challenges;
  }

  /** The finding, or that the phone is in a loop and has to wait. */
  Finding withPatience(RegisterRequest request, Finding found, long nowMillis) {
    Finding finding = withPatienceForStale(request, found, nowMillis);
    Duration pause = refusals.pause(request, finding, nowMillis);
    return pause.compareTo(finding.pause()) > 0 ? finding.after(pause) : finding;
  }

  /** Who is in a loop of refusals. */
  List<RefusedPhone> inLoops(long nowMillis) {
    return refusals.all(nowMillis);
  }

  private Finding withPatienceForStale(RegisterRequest request, Finding finding, long nowMillis) {
    switch (finding.kind()) {
      case ACCEPTED, RETRANSMITTED -> loops.ended(request);
      case STALE, REFUSED -> {
        if (finding.saysStale() && !loops.mayBeTold(request, nowMillis)) {
          return Finding.refused(finding.name(), RejectionReason.STALE_LOOP).after(RETRY_AFTER);
        }
      }
      case NO_CREDENTIALS, NOT_OURS, UNAVAILABLE -> {}
    }
    return finding;
  }

  /** The answer to a finding. */
  AuthenticationResult to(RegisterRequest request, Realm realm, Finding finding) {
    return switch (finding.kind()) {
      case ACCEPTED -> new AuthenticationResult.Accepted(finding.name(), request.aor(), false);
      case RETRANSMITTED -> new AuthenticationResult.Accepted(finding.name(), request.aor(), true);
      case NO_CREDENTIALS, STALE ->
          new AuthenticationResult.Challenged(
              challenges.answer(request, realm, finding.saysStale()), finding.saysStale());
      case REFUSED ->
          new AuthenticationResult.Rejected(refusal(request, realm, finding), finding.why());
      case NOT_OURS ->
          new AuthenticationResult.NotOurs(
              finding.name(), challenges.answer(request, realm, false));
      case UNAVAILABLE -> unavailable(finding.words());
    };
  }

  /** A fault of ours. */
  static AuthenticationResult unavailable(String words) {
    return new AuthenticationResult.Unavailable(words, RETRY_AFTER);
  }

  private SipAnswer refusal(RegisterRequest request, Realm realm, Finding finding) {
    if (finding.pause().isZero()) {
      return challenges.answer(request, realm, finding.saysStale());
    }
    String seconds = Long.toString(Math.max(1, finding.pause().toSeconds()));
    return new SipAnswer(
        503, "Service Unavailable", List.of(new SipAnswer.Header("Retry-After", seconds)));
  }
}
