package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.denied;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.Enrolments.NewEnrolment;
import org.latchkey.key.IssueResult;

/** A code that is used again while its window is open: each line ends by itself. */
public class CodeAgainTest extends OneDevice {

  @Test
  public void aLineThatHasRegisteredSinceIsFetchedByItsLoginAlone() {
    List<NewEnrolment> made = enrol(CodeKind.URL, "1001", "1002", "1003");
    IssueResult.Issued file = file(byCode(made));
    site.pass(Duration.ofSeconds(1));
    site.use(file.keys().get(1));
    IssueResult.Issued again = file(byCode(made));
    assertEquals(Map.of(1, "1001", 3, "1003"), lines(again));
    assertEquals("it is left as it is", List.of(), again.endedLines());
    assertTrue(said("line 2: its key has registered since the code was made"));
    assertEquals(3, file(byLogin(file.key())).keys().size());
    site.use(file.key());
    assertEquals(DenialReason.ALREADY_REGISTERED, denied(site.issuer.issue(byCode(made).build())));
  }

  @Test
  public void aRegistrationThatTheStoreDoesNotKnowYetCounts() {
    List<NewEnrolment> made = enrol(CodeKind.TYPED, "1001", "1002");
    IssueResult.Issued file = file(byCode(made));
    site.parts.registrations().note(file.keys().get(1).keyIdentifier(), site.now());
    assertEquals(Map.of(1, "1001"), lines(file(byCode(made))));
  }

  @Test
  public void aLineOfWhichNobodyKnowsWhetherItHasRegisteredIsLeftOut() {
    List<NewEnrolment> made = enrol(CodeKind.URL, "1001", "1002", "1003");
    IssueResult.Issued file = file(byCode(made));
    site.store.bad.add(file.keys().get(1).keyIdentifier());
    assertEquals(Map.of(1, "1001", 3, "1003"), lines(file(byCode(made))));
  }

  @Test
  public void aLineThatStaysWithADeviceWhichIsEnrolledAnewComesWithTheCode() {
    IssueResult.Issued before = file(byCode(enrol(CodeKind.URL, "1001", "1002")));
    before.keys().forEach(site::use);
    site.pass(Duration.ofDays(1));
    List<NewEnrolment> anew = enrol(CodeKind.URL, "1001");
    assertEquals(Map.of(1, "1001", 2, "1002"), lines(file(byCode(anew))));
  }
}
