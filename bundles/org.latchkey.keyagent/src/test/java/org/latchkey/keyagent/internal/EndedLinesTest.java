package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.latchkey.keyagent.internal.TestSite.denied;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.Enrolments.Ended;
import org.latchkey.key.Enrolments.NewEnrolment;
import org.latchkey.key.IssueResult;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;

/** What a device that has lost lines, or all of them, still gets: never what came afterwards. */
public class EndedLinesTest extends OneDevice {

  private static final Duration LATER = Duration.ofSeconds(1);

  @Test
  public void aDeviceWhoseLinesAreAllRevokedGetsNothingOfItsNextUser() {
    IssueResult.Issued before = file(byCode(enrol(CodeKind.URL, "1001", "1002")));
    site.pass(LATER);
    before.keys().forEach(key -> site.desk.revoke(key.keyIdentifier(), "stolen", "anna"));
    site.pass(LATER);
    List<NewEnrolment> anew = enrol(CodeKind.URL, "1005", "1006", "1007");
    before.keys().forEach(this::getsNothing);
    assertEquals(Map.of(1, "1005", 2, "1006", 3, "1007"), lines(file(byCode(anew))));
    before.keys().forEach(this::getsNothing);
  }

  @Test
  public void aLineThatIsEnrolledSinceIsNotOpenedByTheLoginOfOneThatHasEnded() {
    IssueResult.Issued before = file(byCode(enrol(CodeKind.URL, "1001", "1002")));
    site.pass(LATER);
    site.desk.revoke(before.key().keyIdentifier(), "gone", "anna");
    assertEquals(Map.of(2, "1002"), lines(file(byLogin(before.key()))));
    site.pass(LATER);
    enrol(3, CodeKind.URL, "1003");
    assertEquals(Map.of(2, "1002"), lines(file(byLogin(before.key()))));
    IssuedKey second = before.keys().get(1);
    assertEquals(Map.of(2, "1002", 3, "1003"), lines(file(byLogin(second))));
    assertEquals("fetched or not", Map.of(2, "1002"), lines(file(byLogin(before.key()))));
  }

  @Test
  public void aLineThatIsEnrolledAtTheVeryMomentOfTheEndIsNotOpened() {
    IssueResult.Issued before = file(byCode(enrol(CodeKind.URL, "1001", "1002")));
    site.desk.revoke(before.key().keyIdentifier(), "gone", "anna");
    getsNothing(before.key());
  }

  @Test
  public void aLoginEndsAltogetherWhenItsLineIsEnrolledAnew() {
    IssueResult.Issued before = file(byCode(enrol(CodeKind.URL, "1001", "1002")));
    site.pass(LATER);
    site.desk.revoke(before.key().keyIdentifier(), "gone", "anna");
    List<NewEnrolment> anew = enrol(CodeKind.URL, "1005");
    getsNothing(before.key());
    assertEquals(Map.of(1, "1005", 2, "1002"), lines(file(byCode(anew))));
    getsNothing(before.key());
  }

  @Test
  public void aLineThatWasThereStaysWhenItIsAssignedAnew() {
    IssueResult.Issued before = file(byCode(enrol(CodeKind.URL, "1001", "1002")));
    site.pass(LATER);
    site.desk.revoke(before.key().keyIdentifier(), "gone", "anna");
    site.pass(LATER);
    site.desk.assign(before.keys().get(1).keyIdentifier(), "1009", "anna");
    assertEquals(Map.of(2, "1009"), lines(file(byLogin(before.key()))));
  }

  @Test
  public void whenNobodyKnowsSinceWhenALoginHasEndedItOpensNothing() {
    IssueResult.Issued before = file(byCode(enrol(CodeKind.URL, "1001", "1002")));
    site.pass(LATER);
    site.parts
        .revocations()
        .add(site.parts.custody().keys(), List.of(before.key().keyIdentifier()));
    getsNothing(before.key());
  }

  @Test
  public void aStolenDeviceLosesItsKeysAndWhateverItMightFetchInOneStep() {
    IssueResult.Issued before = file(byCode(enrol(CodeKind.URL, "1001", "1002")));
    List<NewEnrolment> line = enrol(3, CodeKind.URL, "1003");
    List<NewEnrolment> url = enrol(CodeKind.URL, "1011");
    List<NewEnrolment> typed = enrol(CodeKind.TYPED, "1012");
    Enrolment login = site.desk.assign(before.keys().get(1).keyIdentifier(), "1009", "anna");
    site.pass(LATER);
    site.diary.clear();
    Ended ended = site.desk.revokeDevice("80:5E:C0:00:00:01", "stolen", "anna");
    assertEquals(List.of(before.key().keyIdentifier()), identifiers(ended));
    assertEquals(
        List.of(login.id(), id(typed), id(url), id(line)),
        ended.enrolments().stream().map(Enrolment::id).toList());
    assertEquals(1, site.diary.stream().filter(entry -> entry.startsWith("store: ")).count());
    before.keys().forEach(this::getsNothing);
    for (List<NewEnrolment> one : List.of(url, typed)) {
      denied(site.issuer.issue(byCode(one).build()));
    }
    assertEquals(2, site.store.keys.size());
    assertThrows(RequestRefusedException.class, () -> site.desk.revokeDevice(MAC, "again", "anna"));
  }

  @Test
  public void whatAPhoneIsGivenMeanwhileEndsToo() {
    IssuedKey first = file(byCode(enrol(CodeKind.URL, "1001"))).key();
    enrol(2, CodeKind.URL, "1002");
    site.pass(LATER);
    site.store.meanwhile =
        () -> {
          site.store.meanwhile = () -> {};
          assertEquals(Map.of(1, "1001", 2, "1002"), lines(file(byLogin(first))));
        };
    Ended ended = site.desk.revokeDevice(MAC, "stolen", "anna");
    assertEquals(2, ended.keys().size());
    assertEquals(2, site.store.revoked.size());
    getsNothing(first);
  }

  @Test
  public void whereTheEvidenceOrTheStoreFailsNothingHasEnded() {
    IssuedKey first = file(byCode(enrol(CodeKind.URL, "1001"))).key();
    enrol(2, CodeKind.URL, "1002");
    site.audit.broken(true);
    assertThrows(
        RequestRefusedException.class, () -> site.desk.revokeDevice(MAC, "stolen", "anna"));
    site.audit.broken(false);
    site.store.readOnly(true);
    assertThrows(RuntimeException.class, () -> site.desk.revokeDevice(MAC, "stolen", "anna"));
    site.store.readOnly(false);
    assertEquals(Map.of(1, "1001", 2, "1002"), lines(file(byLogin(first))));
  }

  @Test
  public void theLastLineOfADeviceTakesItsOpenEnrolmentsAlong() {
    IssuedKey first = file(byCode(enrol(CodeKind.URL, "1001"))).key();
    List<NewEnrolment> second = enrol(2, CodeKind.URL, "1002");
    site.pass(LATER);
    Ended ended = site.desk.revoke(first.keyIdentifier(), "stolen", "anna");
    assertEquals(List.of(second.get(0).enrolment()), ended.enrolments());
    getsNothing(first);
    assertEquals(1, site.store.keys.size());
  }

  @Test
  public void theLastKeyOfALineThatWasFetchedTwiceTakesThemAlongToo() {
    IssuedKey old = file(byCode(enrol(CodeKind.URL, "1001"))).key();
    IssuedKey anew = file(byCode(enrol(CodeKind.URL, "1001"))).key();
    List<NewEnrolment> second = enrol(2, CodeKind.URL, "1002");
    site.pass(LATER);
    site.desk.revoke(anew.keyIdentifier(), "stolen", "anna");
    assertEquals(
        List.of(second.get(0).enrolment()),
        site.desk.revoke(old.keyIdentifier(), "stolen", "anna").enrolments());
    getsNothing(old);
    getsNothing(anew);
    assertEquals(2, site.store.keys.size());
  }

  @Test
  public void aSuccessorThatIsNotFetchedYetIsALineToo() {
    IssueResult.Issued before = file(byCode(enrol(CodeKind.URL, "1001", "1002")));
    site.desk.assign(before.key().keyIdentifier(), "1009", "anna");
    site.pass(LATER);
    Ended ended = site.desk.revoke(before.keys().get(1).keyIdentifier(), "gone", "anna");
    assertEquals(List.of(), ended.enrolments());
    assertEquals(Map.of(1, "1009"), lines(file(byLogin(before.key()))));
  }

  @Test
  public void aLoginThatEndedWithANewCodeDoesNotComeBackWithTheCodesEnd() {
    IssueResult.Issued before = file(byCode(enrol(CodeKind.URL, "1001", "1002")));
    site.pass(LATER);
    site.desk.revoke(before.key().keyIdentifier(), "gone", "anna");
    site.desk.cancel(id(enrol(CodeKind.URL, "1005")), "anna");
    getsNothing(before.key());
  }

  @Test
  public void aLineAmongOthersTakesNothingAlong() {
    IssueResult.Issued before = file(byCode(enrol(CodeKind.URL, "1001", "1002")));
    enrol(3, CodeKind.URL, "1003");
    Ended ended = site.desk.revoke(before.key().keyIdentifier(), "gone", "anna");
    assertEquals(List.of(), ended.enrolments());
    assertEquals(Map.of(2, "1002", 3, "1003"), lines(file(byLogin(before.keys().get(1)))));
  }

  @Test
  public void theCodeOfALineThatIsEnrolledAnewOutlivesItsOldKey() {
    IssuedKey old = file(byCode(enrol(CodeKind.URL, "1001"))).key();
    List<NewEnrolment> anew = enrol(CodeKind.URL, "1001", "1002");
    site.pass(LATER);
    assertEquals(List.of(), site.desk.revoke(old.keyIdentifier(), "replaced", "anna").enrolments());
    getsNothing(old);
    assertEquals(Map.of(1, "1001", 2, "1002"), lines(file(byCode(anew))));
  }

  @Test
  public void whoCallsItselfByTheDeviceEndsNothingOfIt() {
    List<NewEnrolment> real = enrol(CodeKind.URL, "1001", "1002");
    Secret own = site.enrol("1666").code().orElseThrow();
    IssuedKey thief = file(TestSite.request(MAC).code(own).places(SIXTEEN)).key();
    assertEquals(List.of(), site.desk.revoke(thief.keyIdentifier(), "thief", "anna").enrolments());
    assertEquals(Map.of(1, "1001", 2, "1002"), lines(file(byCode(real))));
  }

  @Test
  public void theOtherLinesOfADeviceAreTold() {
    IssueResult.Issued before = file(byCode(enrol(CodeKind.URL, "1001", "1002", "1003")));
    enrol(4, CodeKind.URL, "1004");
    site.desk.revoke(before.keys().get(1).keyIdentifier(), "gone", "anna");
    List<Enrolment> others = site.desk.otherLines(List.of(order("1005", 1, CodeKind.URL, false)));
    assertEquals(List.of(3, 4), others.stream().map(Enrolment::line).toList());
    assertEquals(List.of("1003", "1004"), others.stream().map(one -> one.aor().user()).toList());
    site.desk.revokeDevice(MAC, "gone", "anna");
    assertEquals(List.of(), site.desk.otherLines(List.of(order("1005", 1, CodeKind.URL, false))));
  }

  private void getsNothing(IssuedKey key) {
    IssueResult result = site.issuer.issue(byLogin(key).build());
    assertEquals(denied(result).words(), true, DeviceFile.isEnd(result));
  }

  private static String id(List<NewEnrolment> made) {
    return made.get(0).enrolment().id();
  }

  private static List<String> identifiers(Ended ended) {
    return ended.keys().stream().map(KeyRecord::keyIdentifier).toList();
  }
}
