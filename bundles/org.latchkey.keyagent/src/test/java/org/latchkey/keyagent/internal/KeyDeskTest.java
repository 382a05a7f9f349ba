package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.denied;
import static org.latchkey.keyagent.internal.TestSite.issued;

import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.Generations.Rotation;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.RequestRefusedException;

/** The keys of a phone that has several, and the names that phones give themselves. */
public class KeyDeskTest {

  private static final int PLENTY = 1_000_000;

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;
  private IssuedKey before;
  private IssuedKey now;

  @Before
  public void aPhoneThatHasFetchedAnewAfterARotation() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    before = site.registered("1001");
    site.generations.rotate(Rotation.ISSUE, "anna");
    now = issued(site.login(before));
  }

  @Test
  public void evidenceThatCanBeWrittenOnlyInPartChangesNothing() {
    site.audit.breaksAfter(1);
    assertThrows(
        RequestRefusedException.class, () -> site.desk.assign(now.keyIdentifier(), "1003", "anna"));
    assertThrows(
        RequestRefusedException.class, () -> site.desk.revoke(now.keyIdentifier(), "", "anna"));
    for (IssuedKey key : List.of(before, now)) {
      assertFalse(site.keys.revoked(key.keyIdentifier()));
      assertTrue(site.store.keys.get(key.keyIdentifier()).revocation().isEmpty());
    }
  }

  @Test
  public void eachLoginOfAnAssignedPhoneLeadsToItsNewExtension() {
    site.audit.breaksAfter(PLENTY);
    site.desk.assign(now.keyIdentifier(), "1003", "anna");
    String next = issued(site.login(before)).keyIdentifier();
    assertEquals(next, issued(site.login(now)).keyIdentifier());
    assertEquals("1003", site.store.keys.get(next).aor().user());
  }

  @Test
  public void aRevokedPhoneHasNoneOfItsLogins() {
    site.desk.revoke(before.keyIdentifier(), "lost", "anna");
    assertEquals(DenialReason.REVOKED, denied(site.login(before)));
    assertEquals(DenialReason.REVOKED, denied(site.login(now)));
  }

  @Test
  public void anExtensionMeansThatExtensionWhateverPhonesCallThemselves() {
    IssuedKey typed =
        issued(site.fetch(site.enrol("1002", null, CodeKind.TYPED).code().orElseThrow(), "1002"));
    site.desk.assign(typed.keyIdentifier(), "1003", "anna");
    issued(site.login(typed));
    List<KeyRecord> found = site.desk.find("1002");
    assertEquals(
        List.of(typed.keyIdentifier()), found.stream().map(KeyRecord::keyIdentifier).toList());
    assertTrue(site.desk.find("1003").get(0).device().isEmpty());
  }

  @Test
  public void aPhoneDoesNotCallItselfByAnExtensionThatIsSomebodyElses() {
    assertEquals(
        DenialReason.OTHER_DEVICE,
        denied(site.fetch(site.enrol("1005").code().orElseThrow(), "1001")));
    issued(site.fetch(site.enrol("1005").code().orElseThrow(), "1005"));
  }
}
