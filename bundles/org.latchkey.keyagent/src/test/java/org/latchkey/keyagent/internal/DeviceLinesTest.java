package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.denied;
import static org.latchkey.keyagent.internal.TestSite.text;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.EnrolmentOrder;
import org.latchkey.key.Enrolments.NewEnrolment;
import org.latchkey.key.IssueResult;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRequest;
import org.latchkey.key.Secret;

/** One device with several lines, and one file for all of them. */
public class DeviceLinesTest extends OneDevice {

  @Test
  public void oneCodeFetchesAKeyForEachLine() {
    List<NewEnrolment> made = enrol(CodeKind.URL, "1001", "1002", "1003");
    assertEquals(List.of(true, false, false), coded(made));
    IssueResult.Issued file = file(byCode(made));
    assertEquals(Map.of(1, "1001", 2, "1002", 3, "1003"), lines(file));
    assertEquals(3, file.keys().stream().map(key -> text(key.secret())).distinct().count());
    assertEquals(List.of(), file.endedLines());
    assertEquals(identifiers(file), identifiers(file(byCode(made))));
    assertEquals("whoever asks for one line is given one", 1, one(made).keys().size());
  }

  @Test
  public void aTypedCodeDoesTheSame() {
    List<NewEnrolment> made = enrol(CodeKind.TYPED, "1001", "1002");
    assertEquals(Map.of(1, "1001", 2, "1002"), lines(file(byCode(made))));
  }

  @Test
  public void theLoginOfAnyLineFetchesAllOfThemAfterACutAtAnyPlace() {
    IssueResult.Issued file = file(byCode(enrol(CodeKind.URL, "1001", "1002", "1003")));
    site.pass(Duration.ofDays(1));
    for (IssuedKey key : file.keys()) {
      site.use(key);
      assertEquals(identifiers(file), identifiers(file(byLogin(key))));
    }
    site.start();
    assertEquals(identifiers(file), identifiers(file(byLogin(file.key()))));
    assertEquals(3, site.store.keys.size());
  }

  @Test
  public void aLineThatIsAddedNeedsNoCodeAndThePhoneIsTold() {
    IssuedKey first = file(byCode(enrol(CodeKind.URL, "1001"))).key();
    site.use(first);
    NewEnrolment added = enrol(2, CodeKind.URL, "1002").get(0);
    assertEquals(Optional.empty(), added.code());
    assertEquals(CodeKind.LINE, added.enrolment().codeKind());
    assertTrue(
        site.diary.toString(), site.diary.contains("pbx: fetch-again to " + first.keyIdentifier()));
    site.pass(Duration.ofDays(9));
    assertEquals(Map.of(1, "1001", 2, "1002"), lines(file(byLogin(first))));
  }

  @Test
  public void aFurtherLineThatTheFileHasNoPlaceForHasItsOwnCode() {
    site.neighbours.profiles().clear();
    site.neighbours.profiles().add(new OneFamily("json", 1));
    IssuedKey first = one(enrol(CodeKind.URL, "1001")).key();
    List<NewEnrolment> second = enrol(2, CodeKind.URL, "1002");
    assertEquals(List.of(true), coded(second));
    KeyRequest.Builder alone =
        TestSite.request(MAC).line(2).code(second.get(0).code().orElseThrow());
    assertEquals(Map.of(2, "1002"), lines(file(alone)));
    assertEquals(1, first.record().line());
  }

  @Test
  public void aLineThatCouldNotBeGivenAtFirstComesLater() {
    EnrolmentOrder held = order("1002", 2, CodeKind.URL, true);
    List<NewEnrolment> made =
        site.desk.enrolLines(List.of(order("1001", 1, CodeKind.URL, false), held), "anna");
    site.neighbours.noQuarantine(site.quarantine);
    IssuedKey first = file(byCode(made)).key();
    site.neighbours.quarantine(site.quarantine);
    site.pass(Duration.ofHours(5));
    assertEquals(Map.of(1, "1001", 2, "1002"), lines(file(byLogin(first))));
  }

  @Test
  public void aProfileThatFailsKeepsNoRevocationBack() {
    IssuedKey first = file(byCode(enrol(CodeKind.URL, "1001"))).key();
    site.neighbours.profiles().clear();
    site.neighbours.profiles().add(new OneFamily("json", -1));
    site.desk.assign(first.keyIdentifier(), "1009", "anna");
    assertTrue(site.parts.revocations().contains(first.keyIdentifier()));
    assertEquals(Map.of(1, "1009"), lines(file(byLogin(first))));
  }

  @Test
  public void aCancelledLineIsNotFetchedAndTakesNothingAway() {
    IssuedKey first = file(byCode(enrol(CodeKind.URL, "1001"))).key();
    String id = enrol(2, CodeKind.URL, "1002").get(0).enrolment().id();
    site.desk.cancel(id, "anna");
    IssueResult.Issued file = file(byLogin(first));
    assertEquals(Map.of(1, "1001"), lines(file));
    assertEquals("it never was there", List.of(), file.endedLines());
  }

  @Test
  public void aRevokedLineIsSwitchedOffAndTheOthersStay() {
    IssueResult.Issued before = file(byCode(enrol(CodeKind.URL, "1001", "1002", "1003")));
    site.pass(Duration.ofSeconds(1));
    site.desk.revoke(before.keys().get(1).keyIdentifier(), "gone", "anna");
    IssueResult.Issued after = file(byLogin(before.key()));
    assertEquals(Map.of(1, "1001", 3, "1003"), lines(after));
    assertEquals(List.of(2), after.endedLines());
    site.desk.revoke(before.key().keyIdentifier(), "gone", "anna");
    IssueResult.Issued last = file(byLogin(before.key()));
    assertEquals(
        "the login that the phone has is the first line's", Map.of(3, "1003"), lines(last));
    assertEquals(List.of(1, 2), last.endedLines().stream().sorted().toList());
    site.desk.revoke(before.keys().get(2).keyIdentifier(), "gone", "anna");
    assertEquals(DenialReason.REVOKED, denied(site.issuer.issue(byLogin(before.key()).build())));
  }

  @Test
  public void aLineThatIsAssignedAnewFollowsByTheLoginOfTheFirst() {
    IssueResult.Issued before = file(byCode(enrol(CodeKind.URL, "1001", "1002")));
    site.desk.assign(before.keys().get(1).keyIdentifier(), "1009", "anna");
    IssueResult.Issued after = file(byLogin(before.key()));
    assertEquals(Map.of(1, "1001", 2, "1009"), lines(after));
    site.desk.assign(before.key().keyIdentifier(), "1008", "anna");
    assertEquals(Map.of(1, "1008", 2, "1009"), lines(file(byLogin(before.key()))));
    assertEquals(Map.of(1, "1008", 2, "1009"), lines(file(byLogin(before.keys().get(1)))));
  }

  @Test
  public void aLineWhoseKeyCantBeHadTakesNothingFromTheOthers() {
    List<NewEnrolment> made = enrol(CodeKind.URL, "1001", "1002");
    EnrolmentOrder held = order("1003", 3, CodeKind.URL, true);
    site.desk.enrol(held, "anna");
    site.neighbours.noQuarantine(site.quarantine);
    IssueResult.Issued file = file(byCode(made));
    assertEquals(Map.of(1, "1001", 2, "1002"), lines(file));
    assertEquals("it is left as it is", List.of(), file.endedLines());
    assertTrue(said("got no key for its line 3: The quarantine is away"));
    site.neighbours.quarantine(site.quarantine);
    assertEquals(3, file(byLogin(file.key())).keys().size());
  }

  @Test
  public void aLineThatTheFileHasNoPlaceForGetsNoKey() {
    KeyRequest.Builder two = byCode(enrol(CodeKind.URL, "1001", "1002", "1003"));
    assertEquals(Map.of(1, "1001", 2, "1002"), lines(file(two.places(List.of(1, 2)))));
    assertTrue(said("line 3: the profile json has no place for it"));
    assertEquals(2, site.store.keys.size());
  }

  @Test
  public void whatAPhoneCallsItselfOpensNobodysLines() {
    IssueResult.Issued victim = file(byCode(enrol(CodeKind.URL, "1001", "1002")));
    Secret own = site.enrol("1666").code().orElseThrow();
    KeyRequest.Builder claims = TestSite.request(MAC).code(own).places(SIXTEEN);
    IssueResult.Issued thief = file(claims);
    assertEquals(Map.of(1, "1666"), lines(thief));
    assertEquals(Map.of(1, "1666"), lines(file(byLogin(thief.key()))));
    site.desk.assign(thief.key().keyIdentifier(), "1667", "anna");
    IssueResult.Issued moved = file(byLogin(thief.key()));
    assertEquals("nor does a successor of that", Map.of(1, "1667"), lines(moved));
    assertEquals(identifiers(victim), identifiers(file(byLogin(victim.key()))));
  }

  @Test
  public void anotherDeviceHasLinesOfItsOwn() {
    List<NewEnrolment> made = enrol(CodeKind.URL, "1001", "1002");
    KeyRequest.Builder other =
        TestSite.request("805ec0000002").code(made.get(0).code().orElseThrow()).places(SIXTEEN);
    assertEquals(DenialReason.OTHER_DEVICE, denied(site.issuer.issue(other.build())));
  }

  @Test
  public void theNewestEnrolmentOfALineCounts() {
    IssueResult.Issued before = file(byCode(enrol(CodeKind.URL, "1001", "1002")));
    IssueResult.Issued after = file(byCode(enrol(CodeKind.URL, "1001", "1005")));
    assertEquals(Map.of(1, "1001", 2, "1005"), lines(after));
    assertNotEquals(before.key().keyIdentifier(), after.key().keyIdentifier());
  }

  @Test
  public void theWholePhoneHasTheMenuPasswordOfItsFirstLine() {
    IssueResult.Issued file = file(byCode(enrol(CodeKind.URL, "1001", "1002")));
    MaintenanceDesk menu = new MaintenanceDesk(site.parts);
    Secret shown = menu.of(file.keys().get(1).keyIdentifier(), "anna");
    assertTrue(shown.matches(file.key().maintenancePassword()));
    assertFalse(shown.matches(file.keys().get(1).maintenancePassword()));
    List<KeyRecord> lines = site.desk.lines(file.keys().get(1).keyIdentifier());
    assertEquals(List.of(1, 2), lines.stream().map(KeyRecord::line).toList());
  }
}
