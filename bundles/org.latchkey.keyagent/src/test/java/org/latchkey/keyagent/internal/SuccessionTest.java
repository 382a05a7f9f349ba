package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.key.PhoneMoves.Outcome.MOVED;
import static org.latchkey.keyagent.internal.MovingPhone.digits;
import static org.latchkey.keyagent.internal.TestSite.denied;
import static org.latchkey.keyagent.internal.TestSite.issued;

import java.time.Duration;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.DenialReason;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.RequestRefusedException;

/** Who gets the key of the extension that a stranger's phone becomes. */
public class SuccessionTest {

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
  public void anExtensionThatIsRevokedAfterThePinWasDialledIsNotBroughtBack() {
    IssuedKey desk = site.registered("1001");
    site.pass(Duration.ofSeconds(1));
    assertEquals(MOVED, users.dials(phone, "1001", digits(users.pinOf("1001"))));
    site.pass(Duration.ofDays(20));
    site.desk.revoke(desk.keyIdentifier(), "left the company", "anna");
    assertEquals(phone.keyIdentifier(), issued(site.login(phone)).keyIdentifier());
    assertTrue(site.audit.actions().contains("enrolment.cancelled"));
    assertEquals("and for good", phone.keyIdentifier(), issued(site.login(phone)).keyIdentifier());
  }

  @Test
  public void anExtensionThatIsHeldIsNeitherDialledNorAssignedNorFetched() {
    IssuedKey desk = site.registered("1001");
    site.desk.assign(phone.keyIdentifier(), "1001", "anna");
    site.quarantine.hold(desk.keyIdentifier(), "under investigation", "anna");
    assertEquals(phone.keyIdentifier(), issued(site.login(phone)).keyIdentifier());
    String refused =
        assertThrows(
                RequestRefusedException.class,
                () -> site.desk.assign(phone.keyIdentifier(), "1001", "anna"))
            .getMessage();
    assertEquals("Nothing was done: the extension is held.", refused);
  }

  @Test
  public void whoSharesTheStrangersLoginGetsNothingElsewhere() {
    assertEquals(MOVED, users.dials(phone, "1001", digits(users.pinOf("1001"))));
    for (int i = 0; i < 3; i++) {
      assertEquals(DenialReason.OTHER_PLACE, denied(users.asks(phone, "10.0.9.9")));
    }
    IssuedKey next = issued(site.login(phone));
    assertEquals(DenialReason.OTHER_PLACE, denied(users.asks(phone, "10.0.9.9")));
    users.registers(next);
    assertEquals(DenialReason.OTHER_PLACE, denied(users.asks(phone, "10.0.9.9")));
    long alarms = site.audit.actions().stream().filter("move.refused"::equals).count();
    assertEquals(1, alarms);
  }

  @Test
  public void afterARestartTheAddressIsTheOneWhereThePhoneIsRegistered() {
    site.desk.assign(phone.keyIdentifier(), "1001", "anna");
    users.restart();
    assertEquals(DenialReason.OTHER_PLACE, denied(users.asks(phone, "10.0.9.9")));
    users.uses(phone, "10.0.9.9");
    assertEquals("two have it", DenialReason.OTHER_PLACE, denied(users.asks(phone, "10.0.9.9")));
    assertEquals("so nobody", DenialReason.OTHER_PLACE, denied(site.login(phone)));
  }

  @Test
  public void whereAUserDialledIsNotForgottenByARestart() {
    assertEquals(MOVED, users.dials(phone, "1001", digits(users.pinOf("1001"))));
    users.restart();
    site.pbx.live.clear();
    assertEquals("first", DenialReason.OTHER_PLACE, denied(users.asks(phone, "10.0.9.9")));
    users.uses(phone, "10.0.9.9");
    assertEquals("registered", DenialReason.OTHER_PLACE, denied(users.asks(phone, "10.0.9.9")));
    assertEquals("1001", issued(site.login(phone)).record().aor().user());
    users.restart();
    assertEquals("later", DenialReason.OTHER_PLACE, denied(users.asks(phone, "10.0.9.9")));
  }

  @Test
  public void anotherAddressTakesAnAdministratorAsLongAsNothingWasFetched() {
    assertEquals(MOVED, users.dials(phone, "1001", digits(users.pinOf("1001"))));
    site.pbx.live.clear();
    users.uses(phone, "10.0.9.7");
    assertEquals("before", DenialReason.OTHER_PLACE, denied(users.asks(phone, "10.0.9.7")));
    site.desk.assign(phone.keyIdentifier(), "1001", "anna");
    assertEquals("1001", issued(users.asks(phone, "10.0.9.7")).record().aor().user());
  }

  @Test
  public void afterItWasFetchedAnotherAddressTakesTheEndOfWhatWasFetched() {
    assertEquals(MOVED, users.dials(phone, "1001", digits(users.pinOf("1001"))));
    IssuedKey lost = issued(site.login(phone));
    site.pbx.live.clear();
    users.uses(phone, "10.0.9.7");
    assertEquals("elsewhere", DenialReason.OTHER_PLACE, denied(users.asks(phone, "10.0.9.7")));
    site.desk.revoke(lost.keyIdentifier(), "lost on the way", "anna");
    site.pass(Duration.ofSeconds(1));
    site.desk.assign(phone.keyIdentifier(), "1001", "anna");
    assertEquals("1001", issued(users.asks(phone, "10.0.9.7")).record().aor().user());
  }

  @Test
  public void ofAPhoneThatIsNotRegisteredTheFirstOneWhoAsksHasIt() {
    site.desk.assign(phone.keyIdentifier(), "1001", "anna");
    site.pbx.live.clear();
    IssuedKey next = issued(users.asks(phone, "10.0.9.8"));
    users.restart();
    assertEquals(DenialReason.OTHER_PLACE, denied(site.login(phone)));
    assertEquals(next.keyIdentifier(), issued(users.asks(phone, "10.0.9.8")).keyIdentifier());
  }

  @Test
  public void whoRevokesTheStrangersKeyRevokesWhatItsPhoneHasFetched() {
    site.desk.assign(phone.keyIdentifier(), "1001", "anna");
    IssuedKey next = issued(site.login(phone));
    site.desk.revoke(phone.keyIdentifier(), "stolen", "anna");
    assertFalse(site.authenticates(phone) || site.authenticates(next));
    assertEquals(DenialReason.REVOKED, denied(site.login(next)));
  }

  @Test
  public void whoIsHeldBetweenFetchingAndRegisteringStaysHeld() {
    site.desk.assign(phone.keyIdentifier(), "1001", "anna");
    IssuedKey next = issued(site.login(phone));
    site.quarantine.hold(phone.keyIdentifier(), "looks stolen", "anna");
    users.registers(next);
    assertFalse(site.authenticates(phone));
    assertEquals("looks stolen", site.quarantine.held.get(next.keyIdentifier()));
  }

  @Test
  public void aPhoneThatIsAssignedOnwardsOnItsWayLeavesNothingBehind() {
    site.desk.assign(phone.keyIdentifier(), "1001", "anna");
    IssuedKey first = issued(site.login(phone));
    site.desk.assign(first.keyIdentifier(), "1002", "anna");
    IssuedKey last = issued(site.login(phone));
    assertEquals("1002", last.record().aor().user());
    users.registers(last);
    assertFalse(site.authenticates(phone) || site.authenticates(first));
    assertTrue(site.authenticates(last));
    site.pass(Duration.ofDays(1).plusSeconds(1));
    assertEquals(DenialReason.ALREADY_REGISTERED, denied(site.login(phone)));
  }
}
