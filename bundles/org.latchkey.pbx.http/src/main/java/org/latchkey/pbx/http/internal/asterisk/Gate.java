package org.latchkey.pbx.http.internal.asterisk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latchkey.admission.AdmissionDecision;
import org.latchkey.admission.CallAdmission;
import org.latchkey.admission.CallAttempt;
import org.latchkey.admission.Originator;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.key.Aor;
import org.latchkey.pbx.http.internal.LatchkeyServices;
import org.latchkey.pbx.http.internal.PbxSite;

/**
 * Whether a call may be routed, in one word that the dialplan compares: {@code ring,KEY} rings the
 * phones of that key's extension, {@code on} goes on in the ordinary dialplan, {@code
 * permitted,TARGET,KIND} leads to a permitted destination, {@code refused} ends it with 403.
 * Anything else, and nothing, is no yes.
 */
final class Gate {

  /** What the dialplan ends with 503. */
  static final String UNAVAILABLE = "unavailable";

  private final PbxSite site;
  private final AsteriskSettings settings;
  private final IssuedKeys keys;
  private final LatchkeyServices services;

  Gate(PbxSite site, AsteriskSettings settings, IssuedKeys keys, LatchkeyServices services) {
    this.site = site;
    this.settings = settings;
    this.keys = keys;
    this.services = services;
  }

  /**
   * Decides.
   *
   * @param endpoint who calls, as Asterisk proved it: the key's endpoint, a trunk's, an old phone's
   * @param registered whether the endpoint has a live registration
   * @param dialled the extension that was dialled
   * @param isMember whether a member of a queue or a group is rung, and not who was dialled
   * @param callId the Call-ID
   */
  String answer(
      String endpoint, boolean registered, String dialled, boolean isMember, String callId) {
    Optional<CallAdmission> admission = services.admission();
    if (admission.isEmpty()) {
      return UNAVAILABLE;
    }
    Originator originator;
    Aor called;
    try {
      originator = originator(endpoint, registered, isMember);
      called = new Aor(dialled, domain(endpoint));
    } catch (IllegalArgumentException e) {
      return "refused";
    }
    List<String> ringing = keys.of(called).stream().map(IssuedLine::keyIdentifier).toList();
    CallAttempt.Builder attempt =
        CallAttempt.by(originator, called.toUri()).called(called).callId(callId);
    List<AdmissionDecision> decisions = new ArrayList<>();
    if (ringing.isEmpty()) {
      decisions.add(admission.get().admit(attempt.build()));
    }
    for (String key : ringing) {
      decisions.add(admission.get().admit(attempt.calledKeyIdentifier(key).build()));
    }
    return worst(decisions, ringing);
  }

  /**
   * What all decisions together mean: Asterisk rings all phones of an extension or none, so each of
   * their keys must be admitted.
   */
  private static String worst(List<AdmissionDecision> decisions, List<String> ringing) {
    String answer = ringing.isEmpty() ? "on" : "ring," + ringing.get(0);
    for (AdmissionDecision decision : decisions) {
      String word =
          decision == null
              ? UNAVAILABLE
              : decision.fold(
                  admitted -> "",
                  permitted -> permitted(permitted.destination()),
                  refused -> "refused",
                  unavailable -> UNAVAILABLE);
      if (!word.isEmpty()) {
        return word;
      }
    }
    return answer;
  }

  private static String permitted(Destination destination) {
    return "permitted," + destination.target() + ',' + destination.kind().name();
  }

  /**
   * A trunk's call to a member of a group is judged as a phone's: a trunk is trusted so that an
   * emergency service can call a held phone back, and that is nobody's member.
   */
  private Originator originator(String endpoint, boolean registered, boolean isMember) {
    Optional<IssuedLine> line = keys.key(endpoint);
    if (line.isPresent()) {
      return new Originator.Phone(endpoint, line.get().aor(), registered);
    }
    if (settings.trunks().contains(endpoint)) {
      return isMember
          ? new Originator.Phone("", new Aor(endpoint, domain(endpoint)), true)
          : new Originator.Trusted(endpoint);
    }
    if (IssuedKeys.hasForm(endpoint)) {
      throw new IllegalArgumentException("a key that is not known, or revoked");
    }
    return new Originator.Phone("", new Aor(endpoint, domain(endpoint)), registered);
  }

  private String domain(String endpoint) {
    return keys.key(endpoint).map(line -> line.aor().domain()).orElse(site.domains().get(0));
  }
}
