package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.denied;
import static org.latchkey.keyagent.internal.TestSite.issued;
import static org.latchkey.keyagent.internal.TestSite.unavailable;

import java.util.List;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Enrolment;
import org.latchkey.key.EnrolmentOrder;
import org.latchkey.key.Enrolments.NewEnrolment;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.Secret;

/** In which order things happen before a key leaves, and what happens when a neighbour is away. */
public class IssuingWithNeighboursTest {

  private static final String MAC = "805ec0000001";

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;

  @Before
  public void aSite() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
  }

  @Test
  public void evidenceThenStoreThenPhone() {
    Secret code = code("1001");
    site.diary.clear();
    issued(site.fetch(code, null));
    assertEquals(List.of("audit: key.issued", "store: issue"), site.diary);
    issued(site.fetch(code, null));
    assertEquals("audit: key.fetched", site.diary.get(2));
  }

  @Test
  public void withoutEvidenceNoKey() {
    Secret code = code("1001");
    Secret other = code("1002");
    IssuedKey key = issued(site.fetch(code, null));
    site.audit.broken(true);
    unavailable(site.fetch(code, null));
    unavailable(site.fetch(other, null));
    unavailable(site.login(key));
    assertEquals(1, site.store.keys.size());
    site.audit.broken(false);
    issued(site.fetch(other, null));
    site.neighbours.noAudit(site.audit);
    unavailable(site.fetch(code, null));
  }

  @Test
  public void withoutTheStoreNoKey() {
    Secret code = code("1001");
    site.store.readOnly(true);
    unavailable(site.fetch(code, null));
    site.store.away(true);
    unavailable(site.fetch(code, null));
    site.store.away(false);
    site.store.readOnly(false);
    site.storeIsAway(true);
    unavailable(site.fetch(code, null));
    site.storeIsAway(false);
    issued(site.fetch(code, null));
  }

  @Test
  public void aPhoneThatNeedsApprovalIsHeldBeforeItsKeyExists() {
    Secret code = approvalCode();
    site.diary.clear();
    IssuedKey key = issued(site.fetch(code, null));
    assertEquals(List.of(key.keyIdentifier()), site.quarantine.waiting);
    assertEquals(List.of("audit: key.issued", "quarantine: waits", "store: issue"), site.diary);
    issued(site.fetch(code, null));
    assertEquals("an approved phone is not held again", 1, site.quarantine.waiting.size());
  }

  @Test
  public void withoutAQuarantineNobodyGetsAKeyThatNeedsApproval() {
    Secret code = approvalCode();
    site.neighbours.noQuarantine(site.quarantine);
    unavailable(site.fetch(code, null));
    assertTrue(site.store.keys.isEmpty());
  }

  @Test
  public void whatHappensStandsInThePhonesJournal() {
    issued(site.fetch(code("1001"), MAC));
    denied(site.fetch(Secret.ofText("0123456789abcdef"), MAC));
    denied(site.issuer.issue(TestSite.request(MAC).userAgent("Phone\r\nX").build()));
    List<PhoneEvent.Kind> kinds = site.journal.stream().map(PhoneEvent::kind).toList();
    assertEquals(
        List.of(PhoneEvent.Kind.FETCHED, PhoneEvent.Kind.KNOCKED, PhoneEvent.Kind.KNOCKED), kinds);
    assertEquals(DenialReason.NO_CREDENTIAL, site.desk.knocks().get(0).reason());
    assertEquals("PhoneX", site.desk.knocks().get(0).userAgent());
    assertEquals(MAC, site.desk.knocks().get(1).device());
  }

  private Secret code(String aor) {
    return site.enrol(aor).code().orElseThrow();
  }

  private Secret approvalCode() {
    NewEnrolment enrolment =
        site.desk.enrol(
            new EnrolmentOrder(
                "1001",
                Optional.empty(),
                1,
                Optional.empty(),
                true,
                Enrolment.CodeKind.URL,
                Optional.empty()),
            "anna");
    return enrolment.code().orElseThrow();
  }
}
