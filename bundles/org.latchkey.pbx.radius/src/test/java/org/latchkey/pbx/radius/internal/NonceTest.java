package org.latchkey.pbx.radius.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.key.Aor;
import org.latchkey.registration.AuthenticationResult;
import org.latchkey.registration.RegisterRequest;
import org.latchkey.registration.RejectionReason;
import org.latchkey.registration.SipAnswer;

/** A PBX that lets Latchkey make its nonces. */
public class NonceTest {

  private static final SipAnswer CHALLENGE =
      new SipAnswer(
          401,
          "Unauthorized",
          List.of(
              new SipAnswer.Header(
                  "WWW-Authenticate",
                  "Digest realm=\"latchkey\", nonce=\"fresh=,1\", algorithm=MD5, qop=\"auth\"")));

  private final Office office = new Office();
  private final List<RegisterRequest> asked = new ArrayList<>();

  private String asked(Question question, AuthenticationResult result) {
    return question.read(answered(question, result));
  }

  private Optional<byte[]> answered(Question question, AuthenticationResult result) {
    office.authenticator =
        Optional.of(
            request -> {
              asked.add(request);
              return result;
            });
    return office.desk.answer(question.standard(), Office.ASKING_PBX, Question.SECRET);
  }

  private static Question withoutCredentials() {
    return Question.ofPhone()
        .with(Field.RESPONSE, "")
        .with(Field.NONCE, "")
        .with(Field.CNONCE, "")
        .with(Field.NONCE_COUNT, "");
  }

  @Test
  public void itGetsANonceToChallengeWith() {
    assertEquals(
        "challenge 80 104=latchkey 105=fresh=,1 110=auth 111=MD5",
        asked(withoutCredentials(), new AuthenticationResult.Challenged(CHALLENGE, false)));
    assertEquals(List.of(), asked.get(0).authorizations());
    assertEquals("sip:example.org", asked.get(0).requestUri());
  }

  @Test
  public void anOldNonceIsAnsweredByAStaleChallenge() {
    assertTrue(
        asked(Question.ofPhone(), new AuthenticationResult.Challenged(CHALLENGE, true))
            .endsWith(" 120=true"));
  }

  @Test
  public void theAuthenticatorSeesTheCredentialsAndDecides() {
    assertEquals(
        "accept 80 225=aor:1001@example.org",
        asked(
            Question.ofPhone(),
            new AuthenticationResult.Accepted("k1", new Aor("1001", "example.org"), false)));
    String credentials = asked.get(0).authorizations().get(0);
    assertTrue(
        credentials,
        credentials.startsWith(
            "Digest username=\"k1\", realm=\"latchkey\", nonce=\"the-pbx-made-it\", uri=\"sip:example.org\", response=\""));
    assertTrue(credentials.endsWith("algorithm=MD5, cnonce=\"c1\", qop=auth, nc=00000001"));
    assertEquals("the authenticator tells listeners itself", List.of(), office.registered);
    assertEquals(
        "reject 80",
        asked(
            Question.ofPhone(),
            new AuthenticationResult.Rejected(CHALLENGE, RejectionReason.WRONG_SECRET)));
    assertEquals(
        "reject 80",
        asked(Question.ofPhone(), new AuthenticationResult.NotOurs("anna", CHALLENGE)));
  }

  @Test
  public void twoPacketsAreNeverOneRequestSoThatNoReplayPassesForOne() {
    AuthenticationResult no =
        new AuthenticationResult.Rejected(CHALLENGE, RejectionReason.REPLAYED);
    asked(Question.ofPhone(), no);
    asked(Question.ofPhone(), no);
    assertNotEquals(asked.get(0).callId(), asked.get(1).callId());
    assertNotEquals(asked.get(0).branch(), asked.get(1).branch());
  }

  @Test
  public void withoutAnAnswerThereIsSilence() {
    AuthenticationResult away =
        new AuthenticationResult.Unavailable("no master key", Duration.ofSeconds(5));
    assertEquals(Optional.empty(), answered(withoutCredentials(), away));
    assertEquals(Optional.empty(), answered(Question.ofPhone(), away));
    office.authenticator = Optional.empty();
    assertEquals(
        Optional.empty(),
        office.desk.answer(Question.ofPhone().standard(), Office.ASKING_PBX, Question.SECRET));
  }

  @Test
  public void whoMakesItsOwnNoncesGetsNone() {
    Question question = withoutCredentials();
    assertEquals("reject 80", question.read(office.ask(question.standard())));
    assertEquals("nobody was asked", List.of(), asked);
  }
}
