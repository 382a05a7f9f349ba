package org.latchkey.shell.internal;

import static org.junit.Assert.assertTrue;

import java.util.List;
import org.junit.Test;
import org.latchkey.key.Aor;
import org.latchkey.registration.RefusedPhone;
import org.latchkey.registration.RefusedPhones;
import org.latchkey.registration.RejectionReason;

/** What administrators read of phones that are refused again and again. */
public final class LoopSheetTest {

  private final Paper paper = new Paper();

  private String printed(String user, RejectionReason reason) {
    RefusedPhones phones =
        () ->
            List.of(
                new RefusedPhone(
                    new Aor(user, "example.org"),
                    "192.0.2.7",
                    "",
                    reason,
                    746,
                    FakeAgent.THEN,
                    FakeAgent.THEN));
    new LoopSheet(FakeParts.running(phones)).print(paper.pipe());
    return paper.text();
  }

  @Test
  public void aWrongSecretIsNamedWithTheCommandThatGivesANewKey() {
    String text = printed("1001", RejectionReason.WRONG_SECRET);
    assertTrue(text, text.contains("1001@example.org at 192.0.2.7 was refused 746 times in a row"));
    assertTrue(text, text.contains("it has a wrong secret, or a key for another extension."));
    assertTrue(text, text.contains("  latchkey:enrol 1001\n"));
  }

  @Test
  public void whatNoKeyMendsIsLookedAt() {
    assertTrue(printed("1001", RejectionReason.OTHER_URI).contains("  latchkey:why 192.0.2.7\n"));
  }

  @Test
  public void aCommandToCopyHoldsNothingThatAStrangerWrote() {
    for (String user : List.of("1; shutdown -f", "1$(x)", "1 --typed", "1|x", "'")) {
      String text = printed(user, RejectionReason.REVOKED);
      assertTrue(text, text.endsWith("  latchkey:enrol EXTENSION\n"));
    }
  }
}
