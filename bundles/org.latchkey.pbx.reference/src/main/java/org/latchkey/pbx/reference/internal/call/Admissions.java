package org.latchkey.pbx.reference.internal.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.latchkey.admission.AdmissionDecision;
import org.latchkey.admission.CallAdmission;
import org.latchkey.admission.CallAttempt;
import org.latchkey.pbx.reference.internal.service.DeadlineCalls;
import org.latchkey.pbx.reference.internal.service.HeldRequests;
import org.latchkey.pbx.reference.internal.service.LatchkeyServices;

/**
 * Asks {@link CallAdmission}. While it is away the call waits a little, so that an update of its
 * bundle refuses nobody; then the answer is {@link AdmissionDecision.Unavailable}. SIP thread.
 */
final class Admissions {

  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final AdmissionDecision AWAY =
      new AdmissionDecision.Unavailable("no call admission answers", Duration.ofSeconds(5));

  private final LatchkeyServices services;
  private final DeadlineCalls calls;
  private final HeldRequests held;

  Admissions(LatchkeyServices services, DeadlineCalls calls, HeldRequests held) {
    this.services = services;
    this.calls = calls;
    this.held = held;
  }

  /**
   * Asks about attempts that make up one call, one for each phone that would ring.
   *
   * @param key what no other call has in common with this one
   * @param then told one decision for each attempt, in order
   */
  void ask(String key, List<CallAttempt> attempts, Consumer<List<AdmissionDecision>> then) {
    ask(key, attempts, System.nanoTime(), then);
  }

  private void ask(
      String key, List<CallAttempt> attempts, long since, Consumer<List<AdmissionDecision>> then) {
    List<AdmissionDecision> doubt = attempts.stream().map(attempt -> AWAY).toList();
    Optional<CallAdmission> admission = services.admission();
    if (admission.isEmpty()) {
      wait(key, attempts, since, doubt, then);
      return;
    }
    calls.ask(
        () -> decide(admission.get(), attempts),
        doubt,
        decisions -> {
          boolean unknown =
              decisions.stream().anyMatch(AdmissionDecision.Unavailable.class::isInstance);
          if (unknown) {
            wait(key, attempts, since, decisions, then);
          } else {
            then.accept(decisions);
          }
        });
  }

  private void wait(
      String key,
      List<CallAttempt> attempts,
      long since,
      List<AdmissionDecision> doubt,
      Consumer<List<AdmissionDecision>> then) {
    Runnable retry = () -> ask(key, attempts, since, then);
    if (!held.hold(key, 0, since, LONGEST, retry, () -> then.accept(doubt))) {
      then.accept(doubt);
    }
  }

  private static List<AdmissionDecision> decide(
      CallAdmission admission, List<CallAttempt> attempts) {
    List<AdmissionDecision> decisions = new ArrayList<>(attempts.size());
    for (CallAttempt attempt : attempts) {
      AdmissionDecision decision = admission.admit(attempt);
      decisions.add(decision == null ? AWAY : decision);
    }
    return decisions;
  }
}
