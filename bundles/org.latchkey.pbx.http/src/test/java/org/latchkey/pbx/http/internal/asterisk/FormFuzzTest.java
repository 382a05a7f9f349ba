package org.latchkey.pbx.http.internal.asterisk;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.latchkey.pbx.http.internal.asterisk.Place.ANNA;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.admission.AdmissionDecision;
import org.latchkey.admission.AdmissionDecision.RefusalReason;
import org.latchkey.door.DoorAnswer;
import org.latchkey.key.DigestAlgorithm;

/**
 * Forms and paths that went wrong in every way: no exception, no row of a revoked key, no yes.
 * {@code -Dlatchkey.fuzz=1000000} is the full form.
 */
public class FormFuzzTest {

  private static final int ROUNDS = Integer.getInteger("latchkey.fuzz", 5_000);
  private static final List<String> PATHS =
      List.of(
          "/16/ps_endpoints/single",
          "/22/ps_auths/single",
          "/22/ps_aors/single",
          "/16/ps_auths/multi",
          "/admit",
          "/permitted");
  private static final String FORM =
      "id=%1$s&endpoint=%1$s&dialled=1002&registered=1&callid=c&at=1795680000&target=sip%%3Ax%%40y&kind=TEST&key=%1$s&source=192.0.2.1%%3A5060&routed=1"
          .formatted(ANNA);
  private static final String[] PIECES = {
    "&",
    "=",
    "%",
    "%00",
    "%0D%0A",
    "%zz",
    "+",
    "@",
    "&&",
    "id=1001%40example.org&",
    ";",
    ",",
    "%C3",
    "\u00e9",
    "/",
    "..",
    "?",
    " ",
    "\0",
    "99999999999999999999"
  };

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  @Test
  public void noExceptionAndNoYes() throws Exception {
    Place place = new Place(temporary.getRoot().toPath().toRealPath());
    place.with(Place.record(ANNA, "1001", DigestAlgorithm.MD5));
    place.revoked.add(ANNA);
    place.admission =
        Optional.of(attempt -> new AdmissionDecision.Refused(403, "no", RefusalReason.UNPROVED));
    Random random = new Random(20_261_126);
    int understood = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String path = PATHS.get(random.nextInt(PATHS.size()));
      boolean good = random.nextInt(8) > 0;
      String asked = "/asterisk/" + place.word + (good ? path : mangled(path, random));
      byte[] form = mangled(FORM, random).getBytes(StandardCharsets.ISO_8859_1);
      DoorAnswer answer = place.post(asked, form);
      String text = Place.text(answer);
      String shown = asked + " " + new String(form, StandardCharsets.ISO_8859_1) + " " + text;
      assertTrue(shown, List.of(200, 400, 404).contains(answer.status()));
      assertFalse(shown, text.contains("md5_cred") || text.contains("password_digest"));
      assertFalse(shown, text.contains("auth=") || text.startsWith("ring"));
      assertFalse(shown, text.equals("on") || text.startsWith("permitted"));
      understood += answer.status() == 200 ? 1 : 0;
      place.journal.clear();
      place.permitted.clear();
    }
    assertTrue("some are still questions: " + understood, understood > ROUNDS / 10);
  }

  private static String mangled(String good, Random random) {
    StringBuilder text = new StringBuilder(good);
    for (int changes = 1 + random.nextInt(4); changes > 0 && !text.isEmpty(); changes--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
        case 1 -> text.setCharAt(at, (char) random.nextInt(0x100));
        default -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
      }
    }
    return text.toString();
  }
}
