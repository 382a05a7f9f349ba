package org.latchkey.pbx.http.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.Test;
import org.latchkey.admission.AdmissionDecision;
import org.latchkey.admission.AdmissionDecision.RefusalReason;
import org.latchkey.door.DoorAnswer;
import org.latchkey.key.Aor;
import org.latchkey.key.Secret;
import org.latchkey.registration.AuthenticationResult;
import org.latchkey.registration.Ha1Answer;
import org.latchkey.registration.RejectionReason;
import org.latchkey.registration.SipAnswer;

/**
 * Questions that went wrong in every way: no exception, and no yes; and where the services say yes
 * to whatever they are asked, no yes about another realm or domain than the site's. {@code
 * -Dlatchkey.fuzz=1000000} is the full form, {@code -Dlatchkey.fuzz.seed=} another start.
 */
public class QuestionFuzzTest {

  private static final int ROUNDS = Integer.getInteger("latchkey.fuzz", 10_000);
  private static final String WHO =
      "{\"keyIdentifier\":\"k1\",\"aor\":\"sip:1001@example.org\",\"source\":\"192.0.2.1\",\"port\":5060,";
  private static final String EVENT =
      "\"event\":\"permitted\",\"at\":1,\"dialled\":\"112\",\"kind\":\"test\",\"target\":\"sip:x@y\"}";
  private static final Map<String, String> GOOD =
      new TreeMap<>(
          Map.of(
              "/v1/ha1",
              WHO + "\"realm\":\"latchkey\",\"algorithm\":\"MD5\",\"method\":\"REGISTER\"}",
              "/v1/verify",
              "{\"aor\":\"sip:1001@example.org\",\"method\":\"REGISTER\",\"requestUri\":\"sip:example.org\","
                  + "\"authorization\":[\"Digest username=1\"],\"callId\":\"c\",\"contact\":\"<sip:1@h>\","
                  + "\"cseq\":\"1 REGISTER\",\"branch\":\"z9hG4bK1\",\"source\":\"192.0.2.1\",\"realm\":\"latchkey\"}",
              "/v1/admission",
              WHO
                  + "\"registered\":1,\"called\":[\"k2\"],\"destination\":\"sip:1002@example.org\"}",
              "/v1/events",
              WHO + EVENT,
              "/v1/refusals",
              "{\"keyIdentifier\":\"k1\",\"aor\":\"sip:1001@example.org\"}",
              "/v1/events#list",
              "{\"events\":[" + WHO + EVENT + "," + WHO + EVENT + "]}"));
  private static final String[] PIECES = {
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "null",
    "true",
    "1e999",
    "-1",
    "\\u0000",
    "\\ud800",
    "@",
    "sip:",
    "%00",
    "%",
    ";",
    "\r\n",
    "é",
    "99999999999999999999",
    "\"aor\":\"\",",
    "localhost",
    "elsewhere.example",
    "Latchkey",
    "latchkey",
    "1001",
    "SHA-256",
    "\\u0065",
    "sips:",
    "tel:"
  };
  private static final long SEED = Long.getLong("latchkey.fuzz.seed", 20_261_126);

  @Test
  public void noExceptionAndNoYes() throws Exception {
    Site site = new Site();
    site.ha1Source =
        Optional.of((k, a, r, g) -> new Ha1Answer.NoSuchKey(RejectionReason.FORGED_IDENTIFIER));
    site.authenticator =
        Optional.of(
            request ->
                new AuthenticationResult.Rejected(
                    new SipAnswer(401, "Unauthorized", List.of()), RejectionReason.WRONG_SECRET));
    site.admission =
        Optional.of(attempt -> new AdmissionDecision.Refused(403, "no", RefusalReason.UNPROVED));
    site.recentRefusals = Optional.of((key, aor) -> false);
    Random random = new Random(SEED);
    int understood = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String path = List.copyOf(GOOD.keySet()).get(random.nextInt(GOOD.size()));
      byte[] body = mangled(GOOD.get(path), random).getBytes(StandardCharsets.UTF_8);
      DoorAnswer answer = site.ask(path.replace("#list", ""), body);
      String text = Site.text(answer);
      String shown = path + " " + new String(body, StandardCharsets.UTF_8);
      assertTrue(shown, answer.status() == 200 || answer.status() == 400);
      assertFalse(shown, text.contains("accepted") || text.contains("admitted"));
      assertFalse(shown, text.contains("found") || text.contains("ha1\""));
      understood += answer.status() == 200 ? 1 : 0;
      site.journal.clear();
      site.permitted.clear();
    }
    assertTrue("some are still questions: " + understood, understood > ROUNDS / 1000);
  }

  @Test
  public void aYesIsForTheSitesOwnRealmAndDomainAndForWhatWasAsked() throws Exception {
    Site site = new Site();
    List<Aor> asked = new ArrayList<>();
    site.ha1Source =
        Optional.of(
            (key, aor, realm, algorithm) -> {
              assertEquals("latchkey", realm);
              asked.add(aor);
              return new Ha1Answer.Found(Secret.ofText("0".repeat(algorithm.hexLength())));
            });
    site.authenticator =
        Optional.of(
            request -> {
              assertEquals("latchkey", request.realm().orElseThrow());
              asked.add(request.aor());
              return new AuthenticationResult.Accepted("k1", request.aor(), false);
            });
    Random random = new Random(SEED);
    int yes = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String path = random.nextBoolean() ? "/v1/ha1" : "/v1/verify";
      byte[] body = mangled(GOOD.get(path), random).getBytes(StandardCharsets.UTF_8);
      DoorAnswer answer = site.ask(path, body);
      String shown = path + " " + new String(body, StandardCharsets.UTF_8);
      assertTrue(shown, answer.status() == 200 || answer.status() == 400);
      Map<String, Object> fields = JSON.std.mapFrom(Site.text(answer));
      boolean isYes = fields.containsKey("ha1") || "accepted".equals(fields.get("result"));
      assertEquals(shown, isYes ? 1 : 0, asked.size());
      if (isYes) {
        assertEquals(shown, "example.org", asked.get(0).domain());
        assertEquals(shown, asked.get(0).toString(), fields.get("aor"));
        yes++;
      }
      asked.clear();
      site.journal.clear();
    }
    assertTrue("some are still questions: " + yes, yes > ROUNDS / 1000);
  }

  /** A good question with fields left out, and some characters or pieces changed. */
  private static String mangled(String good, Random random) {
    StringBuilder text = new StringBuilder("{");
    String[] fields = good.substring(1, good.length() - 1).split(",(?=\"[a-zA-Z0-9]+\":)", -1);
    for (String field : fields) {
      if (random.nextInt(8) != 0) {
        text.append(text.length() > 1 ? "," : "").append(field);
      }
    }
    text.append('}');
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
        case 1 -> text.setCharAt(at, (char) random.nextInt(0x250));
        default -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
      }
      if (text.isEmpty()) {
        return "";
      }
    }
    return text.toString();
  }
}
