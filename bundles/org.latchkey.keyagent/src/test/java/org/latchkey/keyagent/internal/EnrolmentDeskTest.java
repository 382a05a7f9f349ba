package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.denied;
import static org.latchkey.keyagent.internal.TestSite.issued;
import static org.latchkey.keyagent.internal.TestSite.text;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.EnrolmentOrder;
import org.latchkey.key.Enrolments.NewEnrolment;
import org.latchkey.key.Enrolments.Problem;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.key.StoreUnavailableException;

public class EnrolmentDeskTest {

  private static final String MAC = "805ec0000001";

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;

  @Before
  public void aSite() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    site.diary.clear();
  }

  @Test
  public void anEnrolmentIsEvidencedThenKeptAndItsCodeIsNot() {
    try (NewEnrolment made = site.enrol("1001")) {
      assertEquals(List.of("audit: enrolment.created", "store: enrolments 1"), site.diary);
      String code = text(made.code().orElseThrow());
      assertTrue(code, code.matches("[0-9a-hjkmnp-tv-z]{16}"));
      assertFalse(site.store.enrolments.toString().contains(code));
      assertFalse(site.audit.entries.toString().contains(code));
      assertEquals("1001@localhost", made.enrolment().aor().toString());
      assertEquals(site.now().plus(Duration.ofMinutes(15)), made.enrolment().expiresAt());
    }
  }

  @Test
  public void whatCannotBeOrderedIsSaidInASentence() {
    assertRefused("write 1001 or", order("", null, 1, CodeKind.URL, null));
    assertRefused("not issued for the domain", order("1@x.org", null, 1, CodeKind.URL, null));
    assertRefused("no device identifier", order("1001", "<x>", 1, CodeKind.URL, null));
    assertRefused("from 1 to 255", order("1001", null, 0, CodeKind.URL, null));
    assertRefused("from 1 to 255", order("1001", null, 256, CodeKind.URL, null));
    assertRefused("needs a code", order("1001", null, 1, CodeKind.LOGIN, null));
    assertRefused("15 minutes at most", order("1001", null, 1, CodeKind.TYPED, 16));
    assertRefused("plain extension", order("J\u00fcrgen", null, 1, CodeKind.TYPED, null));
    assertRefused("1 minute to 30 days", order("1001", null, 1, CodeKind.URL, 43_201));
    assertRefused("1 minute to 30 days", order("1001", null, 1, CodeKind.URL, 0));
    assertTrue(site.diary.isEmpty());
  }

  @Test
  public void anAorMayBeWrittenInEveryWay() {
    for (String aor :
        List.of("1001@EXAMPLE.org", "sip:1001@example.org:5060", "sips:%31001@example.org")) {
      assertEquals("1001@example.org", site.enrol(aor).enrolment().aor().toString());
    }
    assertEquals("+49301@localhost", site.enrol("tel:+49-30.1").enrolment().aor().toString());
  }

  @Test
  public void thousandsAreEnrolledInOneGo() {
    List<EnrolmentOrder> orders = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      orders.add(EnrolmentOrder.of(String.valueOf(1000 + i)));
    }
    List<Integer> progress = new ArrayList<>();
    List<NewEnrolment> made = site.desk.enrolAll(orders, "anna", progress::add);
    assertEquals(3_000, made.size());
    assertEquals(3_000, (int) progress.get(progress.size() - 1));
    Set<String> codes = new HashSet<>();
    made.forEach(each -> codes.add(text(each.code().orElseThrow())));
    assertEquals(3_000, codes.size());
    assertEquals("store: enrolments 3000", site.diary.get(site.diary.size() - 1));
    Secret last = made.get(2_999).code().orElseThrow();
    assertEquals("3999", issued(site.fetch(last, null)).record().aor().user());
  }

  @Test
  public void oneBadOrderAndNobodyIsEnrolled() {
    List<EnrolmentOrder> orders =
        List.of(
            EnrolmentOrder.of("1001"),
            order("1002", MAC, 1, CodeKind.URL, null),
            order("1003", "80:5E:C0:00:00:01", 1, CodeKind.URL, null),
            order("1004", MAC, 2, CodeKind.URL, null),
            EnrolmentOrder.of("1005@elsewhere.net"));
    List<Problem> problems = site.desk.check(orders);
    assertEquals(List.of(2, 4), problems.stream().map(Problem::index).toList());
    assertTrue(problems.get(0).sentence().contains("entry 2"));
    String said =
        assertThrows(
                RequestRefusedException.class, () -> site.desk.enrolAll(orders, "anna", done -> {}))
            .getMessage();
    assertTrue(said, said.startsWith("Nothing was enrolled, 2 of 5"));
    assertTrue(site.diary.isEmpty());
  }

  @Test
  public void withoutEvidenceOrStoreNobodyIsEnrolled() {
    site.audit.broken(true);
    assertThrows(RequestRefusedException.class, () -> site.enrol("1001"));
    site.audit.broken(false);
    site.store.readOnly(true);
    assertThrows(StoreUnavailableException.class, () -> site.enrol("1001"));
    assertTrue(site.store.enrolments.isEmpty());
  }

  @Test
  public void aCancelledEnrolmentGivesNoKeyAndTakesNone() {
    NewEnrolment unused = site.enrol("1001");
    NewEnrolment used = site.enrol("1002");
    IssuedKey key = issued(site.fetch(used.code().orElseThrow(), null));
    site.desk.cancel(unused.enrolment().id(), "anna");
    site.desk.cancel(used.enrolment().id(), "anna");
    assertEquals(DenialReason.WINDOW_OVER, denied(site.fetch(unused.code().orElseThrow(), null)));
    assertEquals(DenialReason.WINDOW_OVER, denied(site.fetch(used.code().orElseThrow(), null)));
    issued(site.login(key));
    assertThrows(
        RequestRefusedException.class, () -> site.desk.cancel(unused.enrolment().id(), "anna"));
    assertThrows(RequestRefusedException.class, () -> site.desk.cancel("nobody", "anna"));
    List<String> listed = site.desk.enrolments().stream().map(Enrolment::id).toList();
    assertEquals("the unused one is gone", List.of(used.enrolment().id()), listed);
  }

  @Test
  public void aPhoneIsFoundByWhateverNamesIt() {
    Secret code = site.enrol("1001@example.org", MAC, CodeKind.URL).code().orElseThrow();
    IssuedKey first = issued(site.fetch(code, MAC));
    site.pass(Duration.ofMinutes(1));
    IssuedKey second =
        issued(site.fetch(site.enrol("1001", MAC, CodeKind.URL).code().orElseThrow(), MAC));
    List<String> both = List.of(second.keyIdentifier(), first.keyIdentifier());
    for (String name : List.of("1001", "80:5E:C0:00:00:01", "805e.c000.0001", " 805EC0000001 ")) {
      assertEquals(name, both, found(name));
    }
    List<String> one = List.of(first.keyIdentifier());
    for (String name : List.of("1001@example.org", "sip:1001@EXAMPLE.ORG", first.keyIdentifier())) {
      assertEquals(name, one, found(name));
    }
    assertEquals(List.of(), found("1002"));
    assertEquals(List.of(), found(""));
  }

  @Test
  public void theSiteIsWhatTheSettingsSay() {
    assertEquals("latchkey", site.desk.site().realm());
    assertEquals(List.of("localhost", "example.org"), site.desk.site().domains());
  }

  private List<String> found(String name) {
    return site.desk.find(name).stream().map(KeyRecord::keyIdentifier).toList();
  }

  private void assertRefused(String part, EnrolmentOrder order) {
    String said =
        assertThrows(RequestRefusedException.class, () -> site.desk.enrol(order, "anna"))
            .getMessage();
    assertTrue(said, said.contains(part));
  }

  private static EnrolmentOrder order(
      String aor, String device, int line, CodeKind kind, Integer minutes) {
    return new EnrolmentOrder(
        aor,
        Optional.ofNullable(device),
        line,
        Optional.empty(),
        false,
        kind,
        Optional.ofNullable(minutes).map(Duration::ofMinutes));
  }
}
