package org.latchkey.pbx.http.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.key.Aor;
import org.latchkey.registration.AuthenticationResult;
import org.latchkey.registration.RegisterRequest;
import org.latchkey.registration.RejectionReason;
import org.latchkey.registration.SipAnswer;

/** A PBX hands over a whole Authorization header, and sends what it is told. */
public class VerifyQuestionTest {

  private static final SipAnswer CHALLENGE =
      new SipAnswer(
          401,
          "Unauthorized",
          List.of(new SipAnswer.Header("WWW-Authenticate", "Digest realm=\"latchkey\"")));
  private static final String ON_THE_WIRE =
      "\"status\":\"401\",\"reasonPhrase\":\"Unauthorized\",\"headers\":\"WWW-Authenticate: Digest realm=\\\"latchkey\\\"\\r\\n\"";

  private final Site site = new Site();
  private final Map<String, Object> question =
      new LinkedHashMap<>(
          Map.of(
              "cseq", "1 REGISTER",
              "method", "REGISTER",
              "requestUri", "sip:example.org",
              "aor", "sip:1001@example.org",
              "authorization", "Digest username=\"k1\"",
              "callId", "c1",
              "contact", "<sip:1001@192.0.2.1>",
              "source", "192.0.2.1",
              "port", 5062));
  private RegisterRequest asked;

  @Before
  public void theBranchToo() {
    question.put("branch", "z9hG4bK1");
  }

  @Test
  public void withoutWhatTellsAReplayFromARetransmissionNothingIsAccepted() throws Exception {
    answer(new AuthenticationResult.Accepted("k1", new Aor("1001", "example.org"), false));
    for (String needed : List.of("callId", "cseq", "branch", "contact", "source")) {
      Object value = question.remove(needed);
      assertTrue(needed, ask().startsWith("400 "));
      question.put(needed, value);
    }
    assertTrue(ask().startsWith("200 "));
  }

  @Test
  public void theAuthenticatorSeesTheRequestAsThePhoneSentIt() throws Exception {
    answer(new AuthenticationResult.Accepted("k1", new Aor("1001", "example.org"), false));
    assertTrue(
        ask().contains("\"result\":\"accepted\"") && ask().contains("\"keyIdentifier\":\"k1\""));
    assertEquals(List.of("Digest username=\"k1\""), asked.authorizations());
    assertEquals("/192.0.2.1:5062", asked.source().orElseThrow().toString());
    assertEquals("<sip:1001@192.0.2.1>", asked.contact());
  }

  @Test
  public void challengesAndRefusalsAreWrittenOutForThePhone() throws Exception {
    answer(new AuthenticationResult.Challenged(CHALLENGE, false));
    assertEquals("200 {\"result\":\"challenged\"," + ON_THE_WIRE + "}", ask());
    answer(new AuthenticationResult.Rejected(CHALLENGE, RejectionReason.WRONG_SECRET));
    assertEquals("200 {\"result\":\"rejected\"," + ON_THE_WIRE + "}", ask());
  }

  @Test
  public void anOldPhoneIsLeftToThePbxsOwnCheck() throws Exception {
    answer(new AuthenticationResult.NotOurs("1001", CHALLENGE));
    assertEquals("200 {\"result\":\"not-ours\"," + ON_THE_WIRE + ",\"username\":\"1001\"}", ask());
  }

  @Test
  public void doubtIsNoYes() throws Exception {
    assertTrue(ask().startsWith("503 "));
    answer(new AuthenticationResult.Unavailable("no key", Duration.ofSeconds(5)));
    assertTrue(ask().startsWith("503 "));
    answer(null);
    assertTrue(ask().startsWith("503 "));
  }

  @Test
  public void aForeignDomainIsRefusedWithoutAChallenge() throws Exception {
    answer(new AuthenticationResult.Accepted("k1", new Aor("1001", "example.org"), false));
    question.put("aor", "sip:1001@attacker.example");
    assertTrue(
        ask().contains("\"result\":\"rejected\",\"status\":\"403\"") || ask().contains("403"));
    assertEquals(null, asked);
  }

  private String ask() throws Exception {
    return site.ask("/v1/verify", question);
  }

  private void answer(AuthenticationResult result) {
    site.authenticator =
        Optional.of(
            request -> {
              asked = request;
              return result;
            });
  }
}
