package org.latchkey.pbx.http.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.admission.AdmissionDecision;
import org.latchkey.admission.AdmissionDecision.RefusalReason;
import org.latchkey.admission.CallAttempt;
import org.latchkey.admission.Originator;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.admission.PermittedDestinations.Kind;

/** A PBX asks whether a call may be routed. */
public class AdmissionQuestionTest {

  private static final AdmissionDecision REFUSED =
      new AdmissionDecision.Refused(403, "Call \"7000\"", RefusalReason.CALLED_IS_HELD);

  private final Site site = new Site();
  private final List<CallAttempt> attempts = new ArrayList<>();
  private final Map<String, Object> question =
      new LinkedHashMap<>(
          Map.of(
              "keyIdentifier", "k1",
              "aor", "sip:1001@example.org",
              "registered", 1,
              "destination", "sip:1002@example.org",
              "called", List.of("k2", "k3"),
              "callId", "c1"));

  @Test
  public void eachPhoneThatWouldRingIsAskedAbout() throws Exception {
    decide(new AdmissionDecision.Admitted());
    assertEquals("200 {\"decision\":\"admitted\",\"skip\":\"\"}", ask());
    assertEquals(List.of("k2", "k3"), called());
    Originator.Phone phone = (Originator.Phone) attempts.get(0).originator();
    assertEquals(
        "k1 1001@example.org true",
        phone.keyIdentifier() + " " + phone.aor() + " " + phone.registered());
    assertEquals("1002@example.org", attempts.get(0).called().orElseThrow().toString());
  }

  @Test
  public void aHeldPhoneOfTheCalledIsSkippedAndTheOthersRing() throws Exception {
    site.admission =
        Optional.of(
            attempt ->
                attempt.calledKeyIdentifier().equals(Optional.of("k2"))
                    ? REFUSED
                    : new AdmissionDecision.Admitted());
    assertEquals("200 {\"decision\":\"admitted\",\"skip\":\"k2\"}", ask());
  }

  @Test
  public void aRefusalHasTheAdministratorsWords() throws Exception {
    decide(REFUSED);
    assertEquals(
        "200 {\"decision\":\"refused\",\"status\":\"403\",\"reasonPhrase\":\"Call \\\"7000\\\"\"}",
        ask());
  }

  @Test
  public void aPermittedDestinationHasItsTarget() throws Exception {
    decide(
        new AdmissionDecision.Permitted(new Destination("112", "sip:112@trunk", Kind.EMERGENCY)));
    assertEquals(
        "200 {\"decision\":\"permitted\",\"target\":\"sip:112@trunk\",\"kind\":\"emergency\"}",
        ask());
  }

  @Test
  public void doubtIsNoYes() throws Exception {
    assertTrue(ask().startsWith("503 "));
    decide(new AdmissionDecision.Unavailable("holds are not known", Duration.ofSeconds(5)));
    assertTrue(ask().startsWith("503 "));
    decide(null);
    assertTrue(ask().startsWith("503 "));
    site.admission =
        Optional.of(
            attempt -> {
              throw new IllegalStateException("broken");
            });
    assertTrue(ask().startsWith("503 "));
    site.admission =
        Optional.of(
            attempt ->
                attempt.calledKeyIdentifier().equals(Optional.of("k2"))
                    ? new AdmissionDecision.Unavailable("", Duration.ofSeconds(5))
                    : new AdmissionDecision.Admitted());
    assertTrue(ask().startsWith("503 "));
  }

  @Test
  public void whoProvedNothingIsNamedByHisAddress() throws Exception {
    decide(REFUSED);
    question.remove("aor");
    assertTrue(ask().startsWith("400 "));
    question.put("source", "192.0.2.9");
    question.put("port", 5060);
    assertTrue(ask().startsWith("200 "));
    Originator.Unproved unproved = (Originator.Unproved) attempts.get(0).originator();
    assertEquals("/192.0.2.9:5060", unproved.source().toString());
  }

  @Test
  public void aCallerOfAForeignDomainIsNoPhone() throws Exception {
    decide(new AdmissionDecision.Admitted());
    question.put("aor", "sip:1001@attacker.example");
    assertTrue(ask().startsWith("400 "));
  }

  private String ask() throws Exception {
    return site.ask("/v1/admission", question);
  }

  private List<String> called() {
    return attempts.stream().map(one -> one.calledKeyIdentifier().orElse("")).toList();
  }

  private void decide(AdmissionDecision decision) {
    site.admission =
        Optional.of(
            attempt -> {
              attempts.add(attempt);
              return decision;
            });
  }
}
