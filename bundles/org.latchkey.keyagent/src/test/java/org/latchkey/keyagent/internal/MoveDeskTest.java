package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.latchkey.key.PhoneMoves.Outcome.MOVED;
import static org.latchkey.key.PhoneMoves.Outcome.REFUSED;
import static org.latchkey.keyagent.internal.MovingPhone.digits;
import static org.latchkey.keyagent.internal.MovingPhone.wrong;
import static org.latchkey.keyagent.internal.TestSite.denied;
import static org.latchkey.keyagent.internal.TestSite.issued;
import static org.latchkey.keyagent.internal.TestSite.text;

import java.time.Duration;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Enrolments.NewEnrolment;
import org.latchkey.key.IssuedKey;

/** A user who moves dials a PIN at a stranger's phone, which becomes their extension. */
public class MoveDeskTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;
  private MovingPhone users;
  private IssuedKey phone;
  private NewEnrolment pin;

  @Before
  public void aStrangersPhoneAndThePinOf1001() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    users = new MovingPhone(site);
    phone = users.stranger();
    pin = users.pinOf("1001");
  }

  @After
  public void close() {
    users.close();
  }

  @Test
  public void thePhoneBecomesTheExtensionAndKeepsWhatItHasUntilThatHasRegistered() {
    assertTrue(text(digits(pin)).matches("[0-9]{8}"));
    assertEquals(MOVED, users.dials(phone, "1001", digits(pin)));
    assertTrue(site.authenticates(phone));
    site.parts.moves().tick();
    IssuedKey next = issued(site.login(phone));
    assertEquals("1001@localhost", next.record().aor().toString());
    assertEquals(phone.record().device(), next.record().device());
    site.parts.moves().tick();
    assertTrue("both work meanwhile", site.authenticates(phone) && site.authenticates(next));
    assertEquals("the hold stays where it was", waiting(phone), site.quarantine.waiting);
    users.registers(next);
    assertTrue(site.authenticates(next));
    assertFalse(site.authenticates(phone));
    assertTrue(site.diary.contains("pbx: drop " + phone.keyIdentifier()));
    assertEquals(waiting(phone), site.quarantine.waiting);
    assertEquals(next.keyIdentifier(), issued(site.login(next)).keyIdentifier());
    assertTrue(site.audit.actions().containsAll(List.of("pin.used", "key.revoked")));
  }

  @Test
  public void anAnswerThatWasLostIsGivenAgainForADayAfterTheSuccessorHasRegistered() {
    assertEquals(MOVED, users.dials(phone, "1001", digits(pin)));
    IssuedKey next = issued(site.login(phone));
    assertEquals(next.keyIdentifier(), issued(site.login(phone)).keyIdentifier());
    users.registers(next);
    assertEquals(
        "it lost its file", next.keyIdentifier(), issued(site.login(phone)).keyIdentifier());
    site.pass(Duration.ofDays(1));
    assertEquals(next.keyIdentifier(), issued(site.login(phone)).keyIdentifier());
    site.pass(Duration.ofSeconds(1));
    assertEquals(DenialReason.ALREADY_REGISTERED, denied(site.login(phone)));
  }

  @Test
  public void thePhoneIsToldToFetch() {
    assertEquals(MOVED, users.dials(phone, "1001", digits(pin)));
    users.desk.close();
    assertTrue(site.diary.contains("pbx: fetch-again to " + phone.keyIdentifier()));
  }

  @Test
  public void aPinIsGoodOnce() {
    IssuedKey other = users.stranger();
    assertEquals(MOVED, users.dials(phone, "1001", digits(pin)));
    assertEquals(REFUSED, users.dials(other, "1001", digits(pin)));
    NewEnrolment next = users.pinOf("1002");
    assertEquals("it becomes 1001", REFUSED, users.dials(phone, "1002", digits(next)));
    assertEquals(5, users.kept(next).triesLeft());
    assertEquals(other.keyIdentifier(), issued(site.login(other)).keyIdentifier());
  }

  @Test
  public void aPinSurvivesFourWrongTriesAndNotFive() {
    for (int left = 4; left >= 1; left--) {
      assertEquals(REFUSED, users.dials(users.stranger(), "1001", wrong(pin)));
      assertEquals(left, users.kept(pin).triesLeft());
    }
    assertEquals(MOVED, users.dials(phone, "1001", digits(pin)));
    NewEnrolment next = users.pinOf("1002");
    for (int i = 0; i < 5; i++) {
      assertEquals(REFUSED, users.dials(users.stranger(), "1002", wrong(next)));
    }
    assertEquals(REFUSED, users.dials(users.stranger(), "1002", digits(next)));
    assertTrue(users.reason(), users.reason().contains("tried too often"));
  }

  @Test
  public void aTryIsTakenOnDiskBeforeThePinIsCompared() {
    site.store.readOnly(true);
    assertEquals(REFUSED, users.dials(phone, "1001", digits(pin)));
    site.store.readOnly(false);
    assertFalse(site.audit.actions().contains("pin.used"));
    assertEquals(MOVED, users.dials(phone, "1001", digits(pin)));
  }

  @Test
  public void aPhoneThatDialsTooOftenIsRefusedAndCostsNoPinATry() {
    for (int i = 0; i < MoveDesk.PINS_OF_A_PHONE; i++) {
      assertEquals(REFUSED, users.dials(phone, "150" + i, digits(pin)));
    }
    assertEquals(REFUSED, users.dials(phone, "1001", digits(pin)));
    assertTrue(users.reason(), users.reason().contains("too often"));
    int entries = site.audit.entries.size();
    for (int i = 0; i < 100; i++) {
      assertEquals(REFUSED, users.dials(phone, "1001", digits(pin)));
    }
    assertEquals("and fills no log", entries, site.audit.entries.size());
    assertEquals(5, users.kept(pin).triesLeft());
    site.pass(Duration.ofMinutes(3));
    assertEquals(MOVED, users.dials(phone, "1001", digits(pin)));
  }

  @Test
  public void onlyAStrangersPhoneThatWaitsBecomesSomethingAndAnotherCostsNoTry() {
    IssuedKey working = site.registered("1005");
    assertEquals(REFUSED, users.dials(working, "1001", digits(pin)));
    IssuedKey held = users.stranger();
    site.quarantine.hold(held.keyIdentifier(), "lost", "anna");
    assertEquals("held beside that", REFUSED, users.dials(held, "1001", digits(pin)));
    IssuedKey approved = users.stranger();
    site.quarantine.waiting.remove(approved.keyIdentifier());
    assertEquals("approved meanwhile", REFUSED, users.dials(approved, "1001", digits(pin)));
    IssuedKey revoked = users.stranger();
    site.desk.revoke(revoked.keyIdentifier(), "lost", "anna");
    assertEquals(REFUSED, users.dials(revoked, "1001", digits(pin)));
    assertEquals(5, users.kept(pin).triesLeft());
    assertTrue(site.authenticates(working));
  }

  @Test
  public void aPinEndsAfterAQuarterOfAnHourAndWithItsEnrolment() {
    site.pass(Duration.ofMinutes(15));
    assertEquals(REFUSED, users.dials(phone, "1001", digits(pin)));
    NewEnrolment next = users.pinOf("1001");
    site.desk.cancel(next.enrolment().id(), "anna");
    assertEquals(REFUSED, users.dials(phone, "1001", digits(next)));
    assertEquals(phone.keyIdentifier(), issued(site.login(phone)).keyIdentifier());
  }

  @Test
  public void aNewPinTakesThePlaceOfTheOneBefore() {
    NewEnrolment next = users.pinOf("1001");
    assertEquals(REFUSED, users.dials(phone, "1001", digits(pin)));
    assertEquals(5, users.kept(pin).triesLeft());
    assertEquals(MOVED, users.dials(phone, "1001", digits(next)));
    assertEquals(REFUSED, users.dials(users.stranger(), "1001", digits(pin)));
  }

  @Test
  public void anExtensionThatIsHeldOrWasRevokedSinceIsNotGivenAway() {
    IssuedKey desk = site.registered("1001");
    site.quarantine.hold(desk.keyIdentifier(), "left the company", "anna");
    assertEquals(REFUSED, users.dials(phone, "1001", digits(pin)));
    assertTrue(users.reason(), users.reason().contains("is held"));
    site.quarantine.held.clear();
    site.desk.revoke(desk.keyIdentifier(), "stolen", "anna");
    assertEquals(REFUSED, users.dials(phone, "1001", digits(pin)));
    assertTrue(users.reason(), users.reason().contains("was revoked since"));
    site.pass(Duration.ofSeconds(1));
    NewEnrolment next = users.pinOf("1001");
    assertEquals(MOVED, users.dials(phone, "1001", digits(next)));
  }

  @Test
  public void withoutEvidenceStoreOrQuarantineNobodyMoves() {
    site.audit.broken(true);
    assertEquals(REFUSED, users.dials(phone, "1001", digits(pin)));
    site.audit.broken(false);
    site.neighbours.noQuarantine(site.quarantine);
    assertEquals(REFUSED, users.dials(phone, "1001", digits(pin)));
    site.neighbours.quarantine(site.quarantine);
    site.storeIsAway(true);
    assertEquals(REFUSED, users.dials(phone, "1001", digits(pin)));
    site.storeIsAway(false);
    assertEquals(phone.keyIdentifier(), issued(site.login(phone)).keyIdentifier());
    assertEquals(MOVED, users.dials(phone, "1001", digits(pin)));
  }

  @Test
  public void noEntryHoldsDigits() {
    users.dials(phone, "1001", wrong(pin));
    users.dials(phone, "1001", digits(pin));
    String all = site.audit.entries + " " + site.journal + " " + site.diary;
    assertFalse(all.contains(text(digits(pin))) || all.contains(text(wrong(pin))));
  }

  private static List<String> waiting(IssuedKey key) {
    return List.of(key.keyIdentifier());
  }
}
