package org.latchkey.authenticator.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latchkey.status.StatusLine;

/** How the authenticator is, in sentences. */
final class AuthenticatorStatus {

  private AuthenticatorStatus() {}

  /** The lines, the worst first. */
  static List<StatusLine> lines(
      Optional<String> missing, Optional<String> nonceKeyProblem, Tally tally, long nonces) {
    List<StatusLine> lines = new ArrayList<>();
    missing.ifPresent(
        words ->
            lines.add(
                StatusLine.fault(
                    "Phones are challenged, but none can register: " + words,
                    "See what the key agent or the registrar node says; one of them must run on this node")));
    nonceKeyProblem.ifPresent(
        words ->
            lines.add(
                StatusLine.warning(
                    "Challenges do not outlive a restart: " + words,
                    "Put the file's rights right, or delete it, then restart the authenticator")));
    if (!tally.foreignPlace().isEmpty()) {
      lines.add(
          StatusLine.warning(
              "A PBX asked for " + tally.foreignPlace() + ", for which no keys are issued",
              "Give PBX and key agent the same realm and domains"));
    }
    lines.add(StatusLine.ok(tally + "; " + nonces + " used nonces are remembered"));
    return lines;
  }
}
