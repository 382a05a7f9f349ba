package org.latchkey.pbx.http.internal.freeswitch;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.Test;
import org.latchkey.admission.AdmissionDecision;
import org.latchkey.admission.AdmissionDecision.RefusalReason;
import org.latchkey.door.DoorAnswer;
import org.latchkey.key.Secret;
import org.latchkey.registration.Ha1Answer;
import org.latchkey.registration.RejectionReason;

/**
 * Forms that went wrong in every way: no exception, and no yes. {@code -Dlatchkey.fuzz=1000000} is
 * the full form.
 */
public class FormFuzzTest {

  private static final int ROUNDS = Integer.getInteger("latchkey.fuzz", 5_000);
  private static final List<Map<String, String>> GOOD =
      List.of(Recorded.register(), Recorded.invite(), Recorded.call());
  private static final String[] PIECES = {
    "&",
    "=",
    "%",
    "%00",
    "%0a",
    "%C3",
    "%zz",
    "+",
    "&sip_to_user=1009",
    "&section=dialplan",
    "&sip_auth_method=REGISTER",
    "\"/><param name=\"a1-hash\"",
    "$${domain}",
    "${system(id)}",
    "<X-PRE-PROCESS cmd=\"exec\"",
    "]]>",
    "&amp;",
    "\u00e9",
    "1009",
    "latchkey-admission"
  };

  @Test
  public void noExceptionAndNoYes() throws Exception {
    TestSite site = new TestSite();
    // The key is good for 1001 alone; another secret is what another AOR gets.
    site.ha1Source =
        Optional.of(
            (k, aor, r, g) ->
                aor.toString().equals("1001@pbx.test")
                    ? new Ha1Answer.Found(Secret.ofText(TestSite.HA1))
                    : new Ha1Answer.NoSuchKey(RejectionReason.WRONG_SECRET));
    site.admission =
        Optional.of(attempt -> new AdmissionDecision.Refused(403, "no", RefusalReason.UNPROVED));
    Random random = new Random(20_261_126);
    int users = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Map<String, String> good = GOOD.get(random.nextInt(GOOD.size()));
      String body = mangled(TestSite.encoded(good), random);
      DoorAnswer answer = site.ask(body.getBytes(StandardCharsets.UTF_8));
      String text = TestSite.text(answer);
      assertTrue(body, answer.status() == 200 || answer.status() == 400);
      assertFalse(body, text.contains("transfer") || text.contains("$"));
      if (text.contains("<user ")) {
        assertTrue(body, text.contains("name=\"a1-hash\" value=\"" + TestSite.HA1 + "\""));
        assertTrue(body, text.contains("value=\"1001@pbx.test\""));
        users++;
      }
      if (answer.status() == 200 && i % 50 == 0) {
        TestSite.read(answer);
      }
      site.journal.clear();
    }
    assertTrue("some are still questions: " + users, users > ROUNDS / 1000);
  }

  private static String mangled(String good, Random random) {
    StringBuilder text = new StringBuilder();
    for (String field : good.split("&", -1)) {
      if (random.nextInt(32) != 0) {
        text.append(text.isEmpty() ? "" : "&").append(field);
      }
    }
    for (int changes = random.nextInt(4); changes > 0 && !text.isEmpty(); changes--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
        case 1 -> text.setCharAt(at, (char) random.nextInt(0x250));
        default -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
      }
    }
    return text.toString();
  }
}
