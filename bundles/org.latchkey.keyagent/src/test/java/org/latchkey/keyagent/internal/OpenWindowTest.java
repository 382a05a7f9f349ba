package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.denied;
import static org.latchkey.keyagent.internal.TestSite.issued;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.EnrolmentWindows.Kind;
import org.latchkey.key.IssuedKey;

/** Anybody's phone is let into quarantine while a window for that is open. */
public class OpenWindowTest {

  private static final String MAC = "805ec0000001";

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;
  private WindowDesk windows;
  private InventoryPhone phone;

  @Before
  public void aWindowForAnybody() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    windows = new WindowDesk(site.parts);
    phone = InventoryPhone.at(site, MAC, "10.0.0.5");
    open(100);
  }

  @Test
  public void aStrangerHasAnAddressOfItsOwnAndIsHeld() {
    IssuedKey key = issued(phone.fetches());
    assertEquals("unassigned-" + MAC + "@localhost", key.record().aor().toString());
    assertEquals(List.of(key.keyIdentifier()), site.quarantine.waiting);
    String detail = site.audit.entries.get(site.audit.entries.size() - 1).detail();
    assertTrue(detail, detail.endsWith(", by open-window"));
    assertEquals(key.keyIdentifier(), issued(phone.fetches()).keyIdentifier());
    assertEquals(1, site.store.keys.size());
    assertEquals(
        "and its login fetches it again",
        key.keyIdentifier(),
        issued(site.login(key)).keyIdentifier());
  }

  @Test
  public void theInventoryIsNotGivenAwayAndNotTold() {
    site.enrol("1001", MAC, CodeKind.INVENTORY);
    assertEquals("unassigned-" + MAC, issued(phone.fetches()).record().aor().user());
    assertEquals(1, site.quarantine.waiting.size());
  }

  @Test
  public void aStrangerThatWasResetHasAnotherKeyAndWaitsAnew() {
    IssuedKey key = issued(phone.fetches());
    site.use(key);
    assertEquals(DenialReason.SERVED_ALREADY, denied(later(3)));
    open(100);
    IssuedKey next = issued(phone.fetches());
    assertNotEquals(key.keyIdentifier(), next.keyIdentifier());
    assertEquals(key.record().aor(), next.record().aor());
    assertEquals(2, site.quarantine.waiting.size());
  }

  @Test
  public void thereAreAsManyAsOneWindowTakes() {
    for (int i = 1; i <= 5; i++) {
      issued(stranger(i).fetches());
    }
    assertEquals(DenialReason.WINDOW_BUSY, denied(stranger(6).fetches()));
    issued(stranger(5).fetches());
    assertEquals(5, site.store.keys.size());
    open(2);
    issued(stranger(6).fetches());
    issued(stranger(7).fetches());
    assertEquals("two a minute", DenialReason.WINDOW_BUSY, denied(stranger(8).fetches()));
    site.pass(Duration.ofSeconds(30));
    issued(stranger(8).fetches());
  }

  @Test
  public void oneSourceTakesNotAllOfTheWindow() {
    for (int i = 1; i <= 4; i++) {
      issued(InventoryPhone.at(site, "805ec000020" + i, "fd00::" + i).fetches());
    }
    assertEquals(
        "one network",
        DenialReason.WINDOW_BUSY,
        denied(InventoryPhone.at(site, "805ec0000205", "fd00::5").fetches()));
    issued(InventoryPhone.at(site, "805ec0000205", "fd00:0:0:1::5").fetches());
  }

  @Test
  public void nobodyComesInFromElsewhereOrLaterOrWithoutQuarantine() {
    assertEquals(
        DenialReason.OTHER_NETWORK, denied(InventoryPhone.at(site, MAC, "192.0.2.7").fetches()));
    site.neighbours.noQuarantine(site.quarantine);
    assertEquals(DenialReason.NOT_READY, denied(phone.fetches()));
    site.neighbours.quarantine(site.quarantine);
    windows.close("anna");
    assertEquals(DenialReason.NO_CREDENTIAL, denied(phone.fetches()));
    assertEquals(0, site.store.keys.size());
  }

  @Test
  public void whoseKeyWasRevokedComesBackIntoQuarantineOnly() {
    IssuedKey key = issued(phone.fetches());
    site.desk.revoke(key.keyIdentifier(), "nobody's", "anna");
    IssuedKey next = issued(phone.fetches());
    assertNotEquals(key.keyIdentifier(), next.keyIdentifier());
    assertTrue(site.quarantine.waiting.contains(next.keyIdentifier()));
  }

  @Test
  public void aKeyThatWasApprovedIsNotHandedOutAgain() {
    IssuedKey key = issued(phone.fetches());
    site.quarantine.waiting.clear();
    IssuedKey next = issued(phone.fetches());
    assertNotEquals(key.keyIdentifier(), next.keyIdentifier());
    assertEquals(List.of(next.keyIdentifier()), site.quarantine.waiting);
  }

  @Test
  public void withoutEvidenceOrQuarantineNothingOfAStrangerIsKept() {
    site.audit.broken(true);
    for (int i = 1; i <= 9; i++) {
      stranger(i).fetches();
    }
    site.audit.broken(false);
    site.neighbours.noQuarantine(site.quarantine);
    for (int i = 1; i <= 9; i++) {
      stranger(i).fetches();
    }
    assertEquals(Set.of(), site.store.enrolments.keySet());
  }

  @Test
  public void aStrangerOfWhomNothingCouldBeKeptHasTakenItsPlace() {
    site.store.readOnly(true);
    for (int i = 1; i <= 6; i++) {
      stranger(i).fetches();
    }
    site.store.readOnly(false);
    assertEquals(DenialReason.WINDOW_BUSY, denied(stranger(7).fetches()));
  }

  private org.latchkey.key.IssueResult later(int minutes) {
    site.pass(Duration.ofMinutes(minutes));
    return phone.fetches();
  }

  private InventoryPhone stranger(int number) {
    return InventoryPhone.at(site, "805ec000010" + number, "10.0.1." + number);
  }

  private void open(int rate) {
    windows.open(Kind.ANYBODY, Duration.ofMinutes(30), OptionalInt.of(rate), "anna");
  }
}
