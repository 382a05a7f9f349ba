package org.latchkey.pbx.radius.internal;

import static org.junit.Assert.assertEquals;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.Secret;
import org.latchkey.registration.Ha1Answer;

/**
 * The examples of RFC 5090 section 6, whose user 12345678 of the realm example.com has the password
 * {@code secret}.
 */
public class PublishedExamplesTest {

  private final Office office = new Office();
  private final RadiusDesk desk =
      new RadiusDesk(
          new RadiusSettings(
              "example.com",
              List.of("example.com"),
              DigestAlgorithm.MD5,
              office.settings.udp(),
              office.settings.radsec(),
              List.of(Office.PBX),
              List.of()),
          office,
          Clock.systemUTC());

  private static Question example(String nonce, String method, String uri, String response) {
    return Question.ofPhone()
        .with(Field.USERNAME, "12345678")
        .with(Field.REALM, "example.com")
        .with(Field.NONCE, nonce)
        .with(Field.METHOD, method)
        .with(Field.URI, uri)
        .with(Field.ALGORITHM, "MD5")
        .with(Field.NONCE_COUNT, "00000001")
        .with(Field.CNONCE, "56593a80")
        .with(Field.RESPONSE, response)
        .with(Field.SIP_URI_USER, "")
        .with(Field.SIP_AOR, "sip:12345678@example.com")
        .and(1, "12345678")
        .and(4, new byte[] {(byte) 192, 0, 2, 38});
  }

  private String answer(Question question) {
    String ha1 = Question.hash(DigestAlgorithm.MD5, "12345678:example.com:secret");
    office.ha1Source = Optional.of((k, a, r, g) -> new Ha1Answer.Found(Secret.ofText(ha1)));
    return question.read(desk.answer(question.standard(), Office.PBX, Question.SECRET));
  }

  @Test
  public void theInviteOfTheFirstExampleIsAcceptedWithTheServersProof() {
    assertEquals(
        "accept 80 225=aor:12345678@example.com 106=f847de948d12285f8f4199e366f1af21",
        answer(
            example(
                "3bada1a0",
                "INVITE",
                "sip:97226491335@example.com",
                "756933f735fcd93f90a4bbdd5467f263")));
  }

  @Test
  public void theRequestOfTheSecondExampleIsAccepted() {
    assertEquals(
        "accept",
        answer(example("a3086ac8", "GET", "/index.html", "a4fac45c27a30f4f244c54a2e99fa117"))
            .substring(0, 6));
  }

  @Test
  public void aResponseThatDiffersInOneDigitIsRefused() {
    assertEquals(
        "reject 80",
        answer(
            example(
                "3bada1a0",
                "INVITE",
                "sip:97226491335@example.com",
                "756933f735fcd93f90a4bbdd5467f264")));
  }
}
