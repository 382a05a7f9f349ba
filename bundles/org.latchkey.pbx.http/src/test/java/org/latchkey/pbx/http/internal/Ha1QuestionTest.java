package org.latchkey.pbx.http.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.key.Secret;
import org.latchkey.registration.Ha1Answer;
import org.latchkey.registration.RejectionReason;

/** A PBX that compares the digest itself asks for the HA1 of a key. */
public class Ha1QuestionTest {

  private static final String HA1 = "0123456789abcdef0123456789abcdef";

  private final Site site = new Site();
  private final Map<String, Object> question =
      new LinkedHashMap<>(
          Map.of(
              "keyIdentifier", "k1",
              "aor", "sip:1001@example.org",
              "realm", "latchkey",
              "algorithm", "MD5",
              "source", "192.0.2.1"));

  @Test
  public void itGetsTheHa1AndTheAorThatItIsFor() throws Exception {
    site.ha1Source =
        Optional.of(
            (key, aor, realm, algorithm) -> {
              assertEquals(
                  "k1 1001@example.org latchkey MD5",
                  key + " " + aor + " " + realm + " " + algorithm);
              return new Ha1Answer.Found(Secret.ofText(HA1));
            });
    assertEquals(
        "200 {\"result\":\"found\",\"aor\":\"1001@example.org\",\"ha1\":\"" + HA1 + "\"}",
        site.ask("/v1/ha1", question));
  }

  @Test
  public void anAorIsGivenInItsOneForm() throws Exception {
    site.ha1Source = Optional.of((k, a, r, g) -> new Ha1Answer.Found(Secret.ofText(HA1)));
    question.put("aor", "sip:%31001@EXAMPLE.org:5060;transport=tcp");
    assertTrue(site.ask("/v1/ha1", question).contains("\"aor\":\"1001@example.org\""));
    question.put("aor", "sip:a\"b@example.org");
    assertTrue(site.ask("/v1/ha1", question).contains("\"aor\":\"a\\\"b@example.org\""));
  }

  @Test
  public void aKeyThatIsNoneHasNoneAndTheJournalKnowsWhy() throws Exception {
    site.ha1Source = Optional.of((k, a, r, g) -> new Ha1Answer.NoSuchKey(RejectionReason.REVOKED));
    assertEquals("200 {\"result\":\"none\"}", site.ask("/v1/ha1", question));
    assertEquals(RejectionReason.REVOKED.words(), site.journal.get(0).words());
    assertEquals("192.0.2.1", site.journal.get(0).source());
  }

  @Test
  public void anotherRealmOrDomainIsNotEvenAskedFor() throws Exception {
    site.ha1Source =
        Optional.of(
            (k, a, r, g) -> {
              throw new AssertionError("asked");
            });
    question.put("realm", "attacker");
    assertEquals("200 {\"result\":\"none\"}", site.ask("/v1/ha1", question));
    question.put("realm", "latchkey");
    question.put("aor", "sip:1001@attacker.example");
    assertEquals("200 {\"result\":\"none\"}", site.ask("/v1/ha1", question));
  }

  @Test
  public void itIsNeitherYesNorNoWhenNobodyKnows() throws Exception {
    assertTrue(site.ask("/v1/ha1", question).startsWith("503 "));
    site.ha1Source = Optional.of((k, a, r, g) -> new Ha1Answer.Unavailable("no key agent"));
    assertTrue(site.ask("/v1/ha1", question).startsWith("503 "));
    site.ha1Source =
        Optional.of(
            (k, a, r, g) -> {
              throw new IllegalStateException("broken");
            });
    assertTrue(site.ask("/v1/ha1", question).startsWith("503 "));
  }

  @Test
  public void neverAnAnswerWithoutACredentialInIt() throws Exception {
    site.ha1Source = Optional.of((k, a, r, g) -> new Ha1Answer.Found(Secret.ofText("")));
    assertTrue(site.ask("/v1/ha1", question).startsWith("503 "));
    site.ha1Source = Optional.of((k, a, r, g) -> new Ha1Answer.Found(Secret.ofText(HA1)));
    question.put("algorithm", "SHA-256");
    assertTrue(site.ask("/v1/ha1", question).startsWith("503 "));
  }

  @Test
  public void whoHasNoCertificateOfAPbxFindsNothing() throws Exception {
    site.ha1Source = Optional.of((k, a, r, g) -> new Ha1Answer.Found(Secret.ofText(HA1)));
    for (String certificate : new String[] {"", "somebody.pem", "asterisk.pem", "freeswitch.pem"}) {
      site.certificate = certificate;
      assertTrue(site.ask("/v1/ha1", question).startsWith("404 "));
    }
  }

  @Test
  public void whoAsksAfterAPbxIsLookedAtAnew() throws Exception {
    site.ha1Source = Optional.of((k, a, r, g) -> new Ha1Answer.Found(Secret.ofText(HA1)));
    assertTrue(site.ask("/v1/ha1", question).startsWith("200 "));
    site.certificate = "somebody.pem";
    assertTrue(site.ask("/v1/ha1", question).startsWith("404 "));
    site.certificate = "kamailio.pem";
    assertTrue(site.ask("/v1/ha1", question).startsWith("200 "));
  }

  @Test
  public void whatIsNoQuestionIsNotAnswered() throws Exception {
    site.ha1Source = Optional.of((k, a, r, g) -> new Ha1Answer.Found(Secret.ofText(HA1)));
    for (String bad :
        new String[] {
          "",
          "[]",
          "{}",
          "null",
          "{\"keyIdentifier\":\"k1\"}",
          "{\"keyIdentifier\":1,\"aor\":\"sip:1@example.org\",\"realm\":\"latchkey\"}",
          "{\"keyIdentifier\":\"k1\",\"keyIdentifier\":\"k2\",\"aor\":\"1@example.org\",\"realm\":\"latchkey\"}",
          "{\"keyIdentifier\":\"k1\",\"aor\":\"tel:112\",\"realm\":\"latchkey\"}",
          "{\"keyIdentifier\":\"k1\",\"aor\":\"1@example.org\",\"realm\":\"latchkey\",\"more\":\"\"}",
          "{\"keyIdentifier\":\"k1\",\"aor\":\"1@example.org\",\"realm\":\"latchkey\",\"source\":\"host\"}"
        }) {
      assertEquals(bad, 400, site.ask("/v1/ha1", bad.getBytes(StandardCharsets.UTF_8)).status());
    }
    assertEquals(404, site.ask("/v1/other", "{}".getBytes(StandardCharsets.UTF_8)).status());
  }
}
