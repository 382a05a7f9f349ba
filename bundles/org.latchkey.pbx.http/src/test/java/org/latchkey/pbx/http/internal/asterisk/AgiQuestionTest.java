package org.latchkey.pbx.http.internal.asterisk;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.pbx.http.internal.asterisk.Place.ANNA;
import static org.latchkey.pbx.http.internal.asterisk.Place.BEN;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.admission.AdmissionDecision;
import org.latchkey.admission.AdmissionDecision.RefusalReason;
import org.latchkey.key.DigestAlgorithm;

/** Questions by FastAGI, as Asterisk 22 sent one, get the answers of the same gate, or none. */
public class AgiQuestionTest {

  private static final int ROUNDS = Integer.getInteger("latchkey.fuzz", 20_000);
  private static final String FORM =
      "endpoint=%s&dialled=1002&registered=1&via=&callid=c%%40h".formatted(ANNA);

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private Place place;

  @Before
  public void aPlaceWithTwoPhones() throws Exception {
    place = new Place(temporary.getRoot().toPath().toRealPath());
    place.with(
        Place.record(ANNA, "1001", DigestAlgorithm.MD5),
        Place.record(BEN, "1002", DigestAlgorithm.MD5));
    place.admission = Optional.of(attempt -> new AdmissionDecision.Admitted());
  }

  @Test
  public void theSameGateAnswersAsOverHttps() throws Exception {
    assertEquals("ring," + BEN, asked(question("admit", place.word, FORM)));
    place.admission =
        Optional.of(attempt -> new AdmissionDecision.Refused(403, "no", RefusalReason.UNPROVED));
    assertEquals("refused", asked(question("admit", place.word, FORM)));
    place.admission = Optional.empty();
    assertEquals("unavailable", asked(question("admit", place.word, FORM)));
  }

  @Test
  public void withoutTheWordNothingIsAnswered() throws Exception {
    for (String word : List.of("", "x", place.word.substring(1), place.word + "0")) {
      assertEquals(word, "", asked(question("admit", word, FORM)));
    }
    assertEquals("", asked(question("other", place.word, FORM)));
    assertEquals("", asked(question("permitted", place.word, FORM)));
  }

  @Test
  public void whatAPhoneIsCalledIsNoPartOfTheQuestion() throws Exception {
    String question = question("admit", place.word, FORM);
    for (String name :
        List.of(
            "\n agi_arg_2: endpoint=" + BEN,
            "agi_arg_2: endpoint=trunk",
            "\u00e9\u0000\u00ff",
            "\n \n agi_network_script: permitted")) {
      String named = question.replace("agi_calleridname: Anna", "agi_calleridname: " + name);
      assertEquals(name, "ring," + BEN, asked(named));
    }
  }

  /** {@code sip:x%0A@h} has a line break for pjsip, without a space behind it. */
  @Test
  public void aLineBreakInWhatAPhoneIsCalledCostsItsOwnAnswerOnly() {
    String question = question("admit", place.word, FORM);
    for (String name :
        List.of(
            "x\nagi_arg_1: y",
            "x\nagi_arg_2: " + FORM,
            "x\nagi_network_script: admit",
            "x\nagi_arg_1: y\nagi_arg_2: " + FORM)) {
      String named = question.replace("agi_callerid: 1001", "agi_callerid: " + name);
      assertEquals(name, "", answered(named));
      int end = named.indexOf(name) + name.length();
      assertEquals(name, "", answered(named.substring(0, end) + "\n\n"));
    }
  }

  @Test
  public void aLineThatIsThereTwiceOrNotAtAllMakesNoQuestion() {
    String question = question("admit", place.word, FORM);
    for (String name : List.of("agi_network_script: ", "agi_arg_1: ", "agi_arg_2: ")) {
      String twice = question.replace("agi_language: en", name + "admit");
      assertThrows(name, IOException.class, () -> asked(twice));
      String none = question.replace(name, "agi_other: ");
      assertThrows(name, IOException.class, () -> asked(none));
    }
  }

  @Test
  public void whatHasNoEndIsGivenUp() {
    String endless = question("admit", place.word, FORM).strip() + "\n" + "x: y\n".repeat(7_000);
    assertThrows(IOException.class, () -> asked(endless + "\n"));
    assertThrows(IOException.class, () -> asked("agi_network: yes\n"));
    assertThrows(IOException.class, () -> asked(""));
  }

  /** No exception but of what is no question, and no yes; {@code -Dlatchkey.fuzz=1000000}. */
  @Test
  public void questionsThatWentWrongInEveryWayAreNoYes() {
    place.admission =
        Optional.of(attempt -> new AdmissionDecision.Refused(403, "no", RefusalReason.UNPROVED));
    Random random = new Random(20_261_126);
    String good = question("admit", place.word, FORM);
    int understood = 0;
    for (int i = 0; i < ROUNDS; i++) {
      StringBuilder text = new StringBuilder(good);
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
          case 0 -> text.insert(at, "\n");
          case 1 -> text.setCharAt(at, (char) random.nextInt(0x100));
          case 2 -> text.insert(at, good, 0, random.nextInt(good.length()));
          default -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
        }
      }
      try {
        String answer = asked(text.toString());
        assertTrue(text + answer, List.of("refused", "").contains(answer));
        understood += answer.isEmpty() ? 0 : 1;
      } catch (IOException e) {
        assertTrue(e.toString(), e.getMessage().startsWith("a question"));
      }
    }
    assertTrue("some are still questions: " + understood, understood > ROUNDS / 10);
  }

  private String asked(String text) throws IOException {
    try (AgiQuestion question = AgiQuestion.read(inPieces(text))) {
      return place.agi.answer(question);
    }
  }

  private String answered(String text) {
    try {
      return asked(text);
    } catch (IOException e) {
      return "";
    }
  }

  /** Asterisk sends each line by itself. */
  private static InputStream inPieces(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)) {
      @Override
      public synchronized int read(byte[] to, int at, int most) {
        return super.read(to, at, Math.min(most, 50));
      }
    };
  }

  static String question(String script, String word, String form) {
    return """
    agi_network: yes
    agi_network_script: %1$s
    agi_request: agi://127.0.0.1:8449/%1$s
    agi_channel: PJSIP/%2$s-00000002
    agi_language: en
    agi_type: PJSIP
    agi_uniqueid: 1795680000.4
    agi_version: 22.10.1~dfsg+~cs6.15.60671435-1
    agi_callerid: 1001
    agi_calleridname: Anna
    agi_callingpres: 0
    agi_callingani2: 0
    agi_callington: 0
    agi_callingtns: 0
    agi_dnid: 1002
    agi_rdnis: unknown
    agi_context: latchkey-ask
    agi_extension: s
    agi_priority: 10
    agi_enhanced: 0.0
    agi_accountcode:\s
    agi_threadid: 140244443145920
    agi_arg_1: %3$s
    agi_arg_2: %4$s

    """
        .formatted(script, ANNA, word, form);
  }
}
