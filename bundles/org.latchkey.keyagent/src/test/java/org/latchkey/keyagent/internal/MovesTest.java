package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.key.PhoneMoves.Outcome.MOVED;
import static org.latchkey.key.PhoneMoves.Outcome.REFUSED;
import static org.latchkey.keyagent.internal.MovingPhone.digits;
import static org.latchkey.keyagent.internal.TestSite.denied;
import static org.latchkey.keyagent.internal.TestSite.issued;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.EnrolmentOrder;
import org.latchkey.key.Enrolments.NewEnrolment;
import org.latchkey.key.Generations.Rotation;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.RequestRefusedException;

/** What becomes of a stranger's phone on its way to an extension. */
public class MovesTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;
  private MovingPhone users;
  private IssuedKey phone;

  @Before
  public void aStrangersPhone() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    users = new MovingPhone(site);
    phone = users.stranger();
  }

  @After
  public void close() {
    users.close();
  }

  @Test
  public void anAdministratorDoesTheSameWithoutAPin() {
    Enrolment successor = site.desk.assign(phone.keyIdentifier(), "1001", "anna");
    assertEquals("1001@localhost", successor.aor().toString());
    assertFalse(successor.approval());
    assertTrue(site.authenticates(phone));
    assertTrue(site.diary.contains("pbx: fetch-again to " + phone.keyIdentifier()));
    assertFalse(site.diary.contains("pbx: drop " + phone.keyIdentifier()));
    IssuedKey next = issued(site.login(phone));
    assertEquals(List.of(phone.keyIdentifier()), site.quarantine.waiting);
    users.registers(next);
    assertFalse(site.authenticates(phone));
    assertTrue(site.audit.actions().contains("key.assigned"));
  }

  @Test
  public void anotherExtensionTakesThePlaceOfOneThatWasNotFetched() {
    site.desk.assign(phone.keyIdentifier(), "1001", "anna");
    site.desk.assign(phone.keyIdentifier(), "1002", "anna");
    IssuedKey next = issued(site.login(phone));
    assertEquals("1002", next.record().aor().user());
    String refused =
        assertThrows(
                RequestRefusedException.class,
                () -> site.desk.assign(phone.keyIdentifier(), "1003", "anna"))
            .getMessage();
    assertTrue(refused, refused.contains(next.keyIdentifier()));
  }

  @Test
  public void aPhoneThatWasApprovedIsAssignedAsAnyOther() {
    site.quarantine.waiting.clear();
    site.desk.assign(phone.keyIdentifier(), "1001", "anna");
    assertFalse(site.authenticates(phone));
    assertEquals("1001", issued(site.login(phone)).record().aor().user());
  }

  @Test
  public void aMoveOutlastsARestartAtEachStep() {
    NewEnrolment pin = users.pinOf("1001");
    users.restart();
    assertEquals(MOVED, users.dials(phone, "1001", digits(pin)));
    users.restart();
    IssuedKey next = issued(site.login(phone));
    users.restart();
    site.store.registered(next.keyIdentifier(), site.now());
    users.restart();
    assertTrue(site.authenticates(phone));
    site.parts.moves().tick();
    assertFalse(site.authenticates(phone));
    assertTrue(site.authenticates(next));
  }

  @Test
  public void theOldKeyStaysAsLongAsItsEndCanNotBeRecorded() {
    site.desk.assign(phone.keyIdentifier(), "1001", "anna");
    IssuedKey next = issued(site.login(phone));
    site.audit.broken(true);
    users.registers(next);
    assertTrue(site.authenticates(phone));
    site.audit.broken(false);
    site.pass(Duration.ofSeconds(30));
    site.parts.moves().tick();
    assertFalse(site.authenticates(phone));
  }

  @Test
  public void aStoreThatTakesNothingIsAskedNowAndThen() {
    site.desk.assign(phone.keyIdentifier(), "1001", "anna");
    users.uses(issued(site.login(phone)), "127.0.0.1");
    site.store.readOnly(true);
    for (int i = 0; i < 20; i++) {
      site.parts.moves().tick();
    }
    assertEquals(1, site.audit.actions().stream().filter("key.revoked"::equals).count());
    site.store.readOnly(false);
    site.pass(Duration.ofSeconds(30));
    site.parts.moves().tick();
    assertFalse(site.authenticates(phone));
  }

  @Test
  public void whoTakesTheMoveBackHasAStrangersPhoneAgain() {
    NewEnrolment pin = users.pinOf("1001");
    assertEquals(MOVED, users.dials(phone, "1001", digits(pin)));
    site.desk.cancel(pin.enrolment().id(), "anna");
    assertEquals(phone.keyIdentifier(), issued(site.login(phone)).keyIdentifier());
    site.parts.moves().tick();
    NewEnrolment next = users.pinOf("1002");
    assertEquals(MOVED, users.dials(phone, "1002", digits(next)));
    assertEquals("1002", issued(site.login(phone)).record().aor().user());
  }

  @Test
  public void aSuccessorThatIsRevokedBeforeItRegistersLeavesTheStrangersPhoneAsItWas() {
    site.desk.assign(phone.keyIdentifier(), "1001", "anna");
    IssuedKey next = issued(site.login(phone));
    site.desk.revoke(next.keyIdentifier(), "a mistake", "anna");
    site.parts.moves().tick();
    assertTrue(site.authenticates(phone));
    assertEquals(phone.keyIdentifier(), issued(site.login(phone)).keyIdentifier());
  }

  @Test
  public void aStrangerThatIsRevokedMovesNoMore() {
    NewEnrolment pin = users.pinOf("1001");
    assertEquals(MOVED, users.dials(phone, "1001", digits(pin)));
    site.desk.revoke(phone.keyIdentifier(), "nobody's", "anna");
    assertEquals(DenialReason.REVOKED, denied(site.login(phone)));
    site.parts.moves().tick();
    assertFalse(users.kept(pin).expiresAt().isAfter(site.now()));
  }

  @Test
  public void whoIsHeldOnTheWayStaysHeld() {
    site.desk.assign(phone.keyIdentifier(), "1001", "anna");
    site.quarantine.hold(phone.keyIdentifier(), "looks stolen", "anna");
    IssuedKey next = issued(site.login(phone));
    assertEquals("looks stolen", site.quarantine.held.get(next.keyIdentifier()));
    assertEquals(List.of(phone.keyIdentifier()), site.quarantine.waiting);
  }

  @Test
  public void aRotationOnTheWayEndsNothing() {
    site.desk.assign(phone.keyIdentifier(), "1001", "anna");
    site.generations.rotate(Rotation.ISSUE, "anna");
    IssuedKey next = issued(site.login(phone));
    assertEquals("1001", next.record().aor().user());
    assertEquals(2, next.record().generation());
    users.registers(next);
    assertFalse(site.authenticates(phone));
  }

  @Test
  public void aStrangerOfTwoGenerationsEndsAsAWhole() {
    site.generations.rotate(Rotation.ISSUE, "anna");
    IssuedKey newer = issued(site.login(phone));
    users.uses(newer, "127.0.0.1");
    NewEnrolment pin = users.pinOf("1001");
    assertEquals("held as before", MOVED, users.dials(newer, "1001", digits(pin)));
    IssuedKey next = issued(site.login(newer));
    users.registers(next);
    assertFalse(site.authenticates(phone) || site.authenticates(newer));
  }

  @Test
  public void aPinIsForAnExtensionThatCanBeDialledAndForNoDevice() {
    assertThrows(RequestRefusedException.class, () -> users.pinOf("anna"));
    assertThrows(RequestRefusedException.class, () -> users.pinOf("1001@example.org"));
    assertThrows(
        RequestRefusedException.class, () -> site.enrol("1001", "805ec0000001", CodeKind.PIN));
    EnrolmentOrder lasting =
        new EnrolmentOrder(
            "1001",
            Optional.empty(),
            1,
            Optional.empty(),
            false,
            CodeKind.PIN,
            Optional.of(Duration.ofMinutes(16)));
    assertThrows(RequestRefusedException.class, () -> site.desk.enrol(lasting, "anna"));
  }

  @Test
  public void aPinFetchesNoFileAndATypedCodeMovesNobody() {
    NewEnrolment pin = users.pinOf("1001");
    assertEquals(DenialReason.UNKNOWN_CODE, denied(site.fetch(digits(pin), "1001")));
    assertEquals(5, users.kept(pin).triesLeft());
    NewEnrolment typed = site.enrol("1002", null, CodeKind.TYPED);
    assertEquals(REFUSED, users.dials(phone, "1002", digits(typed)));
    assertEquals(5, users.kept(typed).triesLeft());
  }
}
