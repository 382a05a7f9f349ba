package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.denied;

import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.Enrolments.NewEnrolment;
import org.latchkey.key.IssueResult;

/** A line that can't be served, for whatever reason, takes nothing from the others. */
public class FaultyLinesTest extends OneDevice {

  @Test
  public void aKeyThatCantBeReadIsLeftOut() {
    IssueResult.Issued before = file(byCode(enrol(CodeKind.URL, "1001", "1002", "1003")));
    site.store.bad.add(before.keys().get(1).keyIdentifier());
    IssueResult.Issued after = file(byLogin(before.key()));
    assertEquals(Map.of(1, "1001", 3, "1003"), lines(after));
    assertEquals("it is left as it is", List.of(), after.endedLines());
    assertTrue(said("got no key for its line 2: The key agent failed, see its log"));
  }

  @Test
  public void aLineOfWhichNobodyKnowsWhereItComesFromIsLeftOut() {
    IssueResult.Issued before = file(byCode(enrol(CodeKind.URL, "1001", "1002", "1003")));
    site.desk.assign(before.keys().get(1).keyIdentifier(), "1009", "anna");
    site.store.bad.add(before.keys().get(1).record().enrolment());
    assertEquals(Map.of(1, "1001", 3, "1003"), lines(file(byLogin(before.key()))));
  }

  @Test
  public void aLineOfADomainThatIsServedNoMoreIsLeftOut() {
    IssueResult.Issued before =
        file(byCode(enrol(CodeKind.URL, "1001", "1002@example.org", "1003")));
    enrol(4, CodeKind.URL, "1004@example.org");
    servesOnlyLocalhost();
    assertEquals(Map.of(1, "1001", 3, "1003"), lines(file(byLogin(before.key()))));
    assertTrue(said("line 2: Its realm or domain is not served any more"));
    assertTrue(said("line 4: Its realm or domain is not served any more"));
    assertEquals("none was made", 3, site.store.keys.size());
  }

  @Test
  public void whenTheFirstLineIsServedNoMoreItsLoginStillFetchesTheOthers() {
    IssueResult.Issued before =
        file(byCode(enrol(CodeKind.URL, "1001@example.org", "1002", "1003")));
    servesOnlyLocalhost();
    IssueResult.Issued after = file(byLogin(before.key()));
    assertEquals(Map.of(2, "1002", 3, "1003"), lines(after));
    assertEquals("it is left as it is", List.of(), after.endedLines());
    assertEquals(Map.of(2, "1002", 3, "1003"), lines(file(byLogin(after.key()))));
  }

  @Test
  public void aLineThatWasAssignedToAnotherDomainIsServedThere() {
    IssueResult.Issued before = file(byCode(enrol(CodeKind.URL, "1001@example.org")));
    site.desk.assign(before.key().keyIdentifier(), "1009@localhost", "anna");
    servesOnlyLocalhost();
    assertEquals(Map.of(1, "1009"), lines(file(byLogin(before.key()))));
  }

  @Test
  public void whatIsServedNoMoreMakesNoKeyAndIsNoGuess() {
    IssueResult.Issued before = file(byCode(enrol(CodeKind.URL, "1001@example.org")));
    List<NewEnrolment> anew = enrol(CodeKind.URL, "1002@example.org");
    servesOnlyLocalhost();
    for (int i = 0; i < 40; i++) {
      assertEquals(
          DenialReason.NOT_SERVED, denied(site.issuer.issue(byLogin(before.key()).build())));
    }
    assertEquals(DenialReason.NOT_SERVED, denied(site.issuer.issue(byCode(anew).build())));
    assertEquals(1, site.store.keys.size());
  }

  private void servesOnlyLocalhost() {
    AgentSettings all = TestSite.SETTINGS;
    site.settings(
        new AgentSettings(
            all.enterprise(),
            all.realms(),
            List.of("localhost"),
            all.registrar(),
            all.window(),
            all.wrongTriesPerMinute(),
            all.checkSyncsPerSecond(),
            all.keeping()));
    site.start();
  }
}
