package org.latchkey.doctor.internal.sip;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.Test;

/** The vectors are those of RFC 7616 section 3.9.1. */
public final class DigestChallengeTest {

  private static final String CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
  private static final String NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
  private static final String OPAQUE = "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS";

  @Test
  public void theAnswerIsTheOneOfTheRfcWithMd5() {
    assertTrue(answer("MD5").contains("response=\"8ca523f5e9506fed4657c9700eebdbec\""));
  }

  @Test
  public void theAnswerIsTheOneOfTheRfcWithSha256() {
    assertTrue(
        answer("SHA-256")
            .contains(
                "response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\""));
  }

  @Test
  public void theAnswerCarriesWhatTheChallengeAsksFor() {
    String answer = answer("SHA-256");
    assertTrue(answer.startsWith("Digest username=\"Mufasa\", realm=\"http-auth@example.org\""));
    assertTrue(answer.contains("algorithm=SHA-256, "));
    assertTrue(answer.contains("qop=auth, nc=00000001, opaque=\"" + OPAQUE + '"'));
  }

  @Test
  public void aChallengeThatCanNotBeAnsweredIsNone() {
    assertTrue(DigestChallenge.parse("Basic realm=\"x\"").isEmpty());
    assertTrue(DigestChallenge.parse("Digest realm=\"x\", qop=\"auth\"").isEmpty());
    assertTrue(
        DigestChallenge.parse(
                "Digest realm=\"x\", nonce=\"y\", algorithm=SHA-512-256, qop=\"auth\"")
            .isEmpty());
    assertTrue(DigestChallenge.parse("Digest realm=\"x\", nonce=\"y\"").isEmpty());
  }

  @Test
  public void staleIsReadWithoutRegardToCase() {
    String stale = "Digest realm=\"x\", nonce=\"y\", qop=\"auth\", stale=TRUE";
    assertTrue(DigestChallenge.parse(stale).orElseThrow().stale());
    assertFalse(DigestChallenge.parse(stale.replace("TRUE", "false")).orElseThrow().stale());
    assertEquals("x", DigestChallenge.parse(stale).orElseThrow().realm());
  }

  private static String answer(String algorithm) {
    String challenge =
        "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=%s, nonce=\"%s\", opaque=\"%s\""
            .formatted(algorithm, NONCE, OPAQUE);
    return DigestChallenge.parse(challenge)
        .orElseThrow()
        .answer(
            "Mufasa",
            "Circle of Life".getBytes(StandardCharsets.UTF_8),
            "GET",
            "/dir/index.html",
            CNONCE);
  }
}
