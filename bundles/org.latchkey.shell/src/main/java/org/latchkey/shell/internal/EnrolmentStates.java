package org.latchkey.shell.internal;

import java.time.Instant;
import org.latchkey.key.Enrolment;

/** How an enrolment stands, in a few words. */
public final class EnrolmentStates {

  private EnrolmentStates() {}

  /** The state at a moment. */
  public static String of(Enrolment enrolment, Instant now) {
    String key = enrolment.keyIdentifier().isPresent() ? "key issued" : "no key yet";
    if (!enrolment.expiresAt().isAfter(now)) {
      return key + ", ended";
    }
    if (enrolment.codeKind() == Enrolment.CodeKind.TYPED && enrolment.triesLeft() == 0) {
      return key + ", tried too often";
    }
    return key + ", open";
  }
}
