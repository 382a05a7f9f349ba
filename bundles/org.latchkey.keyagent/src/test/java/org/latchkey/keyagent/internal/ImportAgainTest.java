package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.denied;
import static org.latchkey.keyagent.internal.TestSite.inventoryOrder;
import static org.latchkey.keyagent.internal.TestSite.issued;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.DenialReason;
import org.latchkey.key.EnrolmentOrder;
import org.latchkey.key.EnrolmentWindows.Kind;
import org.latchkey.key.Enrolments.Problem;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.RequestRefusedException;

/** A list of phones that is imported again lets in nobody whom an administrator shut out. */
public class ImportAgainTest {

  private static final String MAC = "805ec0000001";
  private static final List<EnrolmentOrder> LIST = List.of(inventoryOrder("1001", MAC));

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;
  private InventoryPhone phone;

  @Before
  public void aListThatWasImported() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    phone = InventoryPhone.at(site, MAC, "10.0.0.5");
    site.desk.enrolAll(LIST, "anna", done -> {});
    new WindowDesk(site.parts)
        .open(Kind.INVENTORY, Duration.ofMinutes(30), OptionalInt.empty(), "anna");
  }

  @Test
  public void aRevokedPhoneStaysOut() {
    IssuedKey key = issued(phone.fetches());
    site.desk.revoke(key.keyIdentifier(), "stolen", "anna");
    Problem problem = site.desk.check(LIST).get(0);
    assertEquals(
        "Device 805ec0000001 line 1 is in the inventory already: 1001@localhost, key "
            + key.keyIdentifier()
            + ", which was revoked.",
        problem.sentence());
    assertTrue(problem.listed());
    assertThrows(RequestRefusedException.class, () -> site.desk.enrolAll(LIST, "anna", done -> {}));
    assertThrows(RequestRefusedException.class, () -> site.desk.enrol(LIST.get(0), "anna"));
    assertEquals(DenialReason.REVOKED, denied(phone.fetches()));
    site.enrolAnew("1001", MAC);
    assertNotEquals(key.keyIdentifier(), issued(phone.fetches()).keyIdentifier());
  }

  @Test
  public void aPhoneThatLivesIsNotGivenAnotherExtension() {
    site.use(issued(phone.fetches()));
    List<EnrolmentOrder> other = List.of(inventoryOrder("1002", "80:5E:C0:00:00:01"));
    Problem problem = site.desk.check(other).get(0);
    assertTrue(
        problem.sentence(),
        problem
            .sentence()
            .endsWith("latchkey:window --device 805ec0000001 --enrol 1002@localhost."));
    assertEquals(false, problem.listed());
    assertThrows(
        RequestRefusedException.class, () -> site.desk.enrolAll(other, "anna", done -> {}));
    assertEquals(DenialReason.ALREADY_REGISTERED, denied(phone.fetches()));
  }

  @Test
  public void anEntryThatIsOpenIsNotRepeatedAndOneThatIsOverIs() {
    Problem open = site.desk.check(LIST).get(0);
    assertTrue(open.sentence(), open.sentence().contains("no key yet, open until 2026-12-25"));
    assertEquals(List.of(), site.desk.check(List.of(inventoryOrder("1002", "805ec0000002"))));
    site.pass(Duration.ofDays(30));
    assertEquals(List.of(), site.desk.check(LIST));
    site.desk.enrolAll(LIST, "anna", done -> {});
  }

  @Test
  public void aPhoneThatWasMovedIsListedByEitherExtension() {
    IssuedKey key = issued(phone.fetches());
    site.desk.assign(key.keyIdentifier(), "1007", "anna");
    assertTrue(site.desk.check(LIST).get(0).listed());
    assertTrue(site.desk.check(List.of(inventoryOrder("1007", MAC))).get(0).listed());
  }
}
