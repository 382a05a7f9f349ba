package org.latchkey.pbx.radius.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;
import org.latchkey.key.Secret;
import org.latchkey.registration.Ha1Answer;

/**
 * A PBX that can't check who answers checks the proof: nobody but us makes it, for one question.
 */
public class AcceptanceProofTest {

  /** Made with another program, of the same question. */
  private static final String EXPECTED =
      "e03e86d0b819a41f4cb8b39dfe11c6b7bc6f1b889b5ac862dde4c147f7495332";

  private final Office office = new Office();

  @Test
  public void theProofIsAKeyedHashOfTheQuestion() {
    String answer = told(Question.ofPhone().unauthenticated(), Question.SECRET);
    assertTrue(answer, answer.startsWith("accept 80 225=aor:1001@example.org 225=proof:"));
    assertEquals(EXPECTED, proof(answer));
  }

  @Test
  public void whoChecksWhoAnswersIsToldNone() {
    Question question = Question.ofPhone();
    String answer = question.read(office.ask(question.draft()));
    assertFalse(answer, answer.contains("proof"));
  }

  @Test
  public void aRefusalHasNone() {
    String answer =
        told(Question.ofPhone().provedBy("f".repeat(32)).unauthenticated(), Question.SECRET);
    assertEquals("reject 80", answer);
  }

  @Test
  public void whateverTheQuestionHasElseIsAnotherProof() {
    office.ha1Source = Optional.of((key, aor, realm, algorithm) -> found());
    Set<String> proofs = new HashSet<>(Set.of(EXPECTED));
    for (Question other :
        List.of(
            Question.ofPhone().with(Field.USERNAME, "k2"),
            Question.ofPhone().with(Field.NONCE, "another").provedBy(Question.HA1),
            Question.ofPhone().with(Field.CNONCE, "c2").provedBy(Question.HA1),
            Question.ofPhone().with(Field.METHOD, "INVITE").provedBy(Question.HA1),
            Question.ofPhone().with(Field.URI, "sip:1002@example.org").provedBy(Question.HA1),
            Question.ofPhone().with(Field.SIP_URI_USER, "1002@example.org"))) {
      assertTrue(proofs.add(proof(told(other.unauthenticated(), Question.SECRET))));
    }
    byte[] secret = "another-secret-altogether".getBytes(StandardCharsets.US_ASCII);
    assertTrue(proofs.add(proof(told(Question.ofPhone().unauthenticated(), secret))));
  }

  private static Ha1Answer found() {
    return new Ha1Answer.Found(Secret.ofText(Question.HA1));
  }

  private String told(Question question, byte[] secret) {
    Question asked = question.sharedBy(secret);
    return asked.read(office.desk.answer(asked.draft(), Office.OLD_PBX, secret));
  }

  private static String proof(String answer) {
    return answer.replaceFirst(".*225=proof:([0-9a-f]{64})$", "$1");
  }
}
