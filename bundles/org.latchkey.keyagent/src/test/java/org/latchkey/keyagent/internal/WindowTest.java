package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.denied;
import static org.latchkey.keyagent.internal.TestSite.issued;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.EnrolmentWindows.Kind;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.RequestRefusedException;

/** Phones of the inventory are served by their MAC address while a window is open. */
public class WindowTest {

  private static final String MAC = "805ec0000001";
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;
  private WindowDesk windows;
  private InventoryPhone phone;

  @Before
  public void aPhoneOfTheInventory() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    windows = new WindowDesk(site.parts);
    phone = InventoryPhone.at(site, MAC, "10.0.0.5");
    site.enrol("1001", MAC, CodeKind.INVENTORY);
  }

  @Test
  public void itIsServedOnceAndForTwoMinutesMoreWhereItWas() {
    assertEquals(DenialReason.NO_PROOF, denied(phone.fetches()));
    open();
    IssuedKey key = issued(phone.fetches());
    String detail = site.audit.entries.get(site.audit.entries.size() - 1).detail();
    assertTrue(detail, detail.endsWith(", by inventory-window"));
    InventoryPhone copy = InventoryPhone.at(site, MAC, "10.0.0.6");
    assertEquals(DenialReason.SERVED_ALREADY, denied(copy.fetches()));
    site.pass(Duration.ofMinutes(1));
    assertEquals(key.keyIdentifier(), issued(phone.fetches()).keyIdentifier());
    site.pass(Duration.ofMinutes(1));
    assertEquals(DenialReason.SERVED_ALREADY, denied(phone.fetches()));
    open();
    assertEquals("a new window", key.keyIdentifier(), issued(phone.fetches()).keyIdentifier());
    assertEquals(1, windows.open().get(0).served());
  }

  @Test
  public void aNeighbourInTheSameIpv6NetworkIsSomebodyElse() {
    InventoryPhone owner = InventoryPhone.at(site, MAC, "fd00::5");
    open();
    issued(owner.fetches());
    assertEquals(
        DenialReason.SERVED_ALREADY, denied(InventoryPhone.at(site, MAC, "fd00::6").fetches()));
    issued(owner.fetches());
    assertEquals(
        "The device 805ec0000001 was seen at fd00:0:0:0:0:0:0:5 and at fd00:0:0:0:0:0:0:6 within 5"
            + " minutes",
        site.parts.policies().watch().alarms().get(0));
  }

  @Test
  public void itsIpv4AndItsIpv6AddressAreTwoPlaces() {
    open();
    issued(phone.fetches());
    assertEquals(
        DenialReason.SERVED_ALREADY, denied(InventoryPhone.at(site, MAC, "fd00::5").fetches()));
    assertEquals(1, site.parts.policies().watch().alarms().size());
  }

  @Test
  public void onceRegisteredItsKeyIsNotServedByTheMacAddress() {
    open();
    IssuedKey key = issued(phone.fetches());
    site.use(key);
    open();
    assertEquals(DenialReason.ALREADY_REGISTERED, denied(phone.fetches()));
    refused("is in the inventory already", () -> site.enrol("1001", MAC, CodeKind.INVENTORY));
    site.enrolAnew("1001", MAC);
    assertNotEquals(key.keyIdentifier(), issued(phone.fetches()).keyIdentifier());
  }

  @Test
  public void itClosesByTimeByCommandAndByARestart() {
    open();
    site.pass(HALF_AN_HOUR);
    assertEquals(DenialReason.NO_PROOF, denied(phone.fetches()));
    assertEquals(List.of(), windows.open());
    open();
    windows.close("anna");
    assertEquals(DenialReason.NO_PROOF, denied(phone.fetches()));
    assertEquals("window.closed", site.audit.actions().get(site.audit.actions().size() - 1));
    open();
    site.start();
    assertEquals(DenialReason.NO_PROOF, denied(phone.fetches()));
    assertEquals(List.of(), new WindowDesk(site.parts).open());
  }

  @Test
  public void aClockThatIsSetBackKeepsNoWindowOpen() {
    open();
    site.pass(HALF_AN_HOUR);
    site.set(site.now().minus(Duration.ofHours(1)));
    assertEquals(DenialReason.NO_PROOF, denied(phone.fetches()));
    open();
    issued(phone.fetches());
    site.pass(Duration.ofMinutes(2));
    site.set(site.now().minus(Duration.ofMinutes(2)));
    assertEquals(DenialReason.SERVED_ALREADY, denied(phone.fetches()));
  }

  @Test
  public void whatIsAwayDoesNotTellWhoIsInTheInventory() {
    open();
    site.audit.broken(true);
    assertEquals(DenialReason.NOT_READY, denied(phone.fetches()));
    denied(InventoryPhone.at(site, "805ec0000009", "10.0.0.5").fetches());
    assertEquals("both wait for the beat", 2, site.waits.size());
    site.audit.broken(false);
    issued(phone.fetches());
  }

  @Test
  public void itIsForTheNetworksThatAreSet() {
    open();
    assertEquals(
        DenialReason.OTHER_NETWORK, denied(InventoryPhone.at(site, MAC, "192.0.2.7").fetches()));
    issued(phone.fetches());
  }

  @Test
  public void itLetsInSoManyAMinute() {
    for (int i = 2; i < 6; i++) {
      site.enrol("100" + i, "805ec000000" + i, CodeKind.INVENTORY);
    }
    open();
    issued(phone.fetches());
    issued(InventoryPhone.at(site, "805ec0000002", "10.0.0.6").fetches());
    issued(InventoryPhone.at(site, "805ec0000003", "10.0.0.7").fetches());
    InventoryPhone fourth = InventoryPhone.at(site, "805ec0000004", "10.0.0.8");
    assertEquals(DenialReason.WINDOW_BUSY, denied(fourth.fetches()));
    issued(phone.fetches());
    site.pass(Duration.ofSeconds(20));
    issued(fourth.fetches());
    assertEquals(
        DenialReason.WINDOW_BUSY,
        denied(InventoryPhone.at(site, "805ec0000005", "10.0.0.9").fetches()));
    windows.open(Kind.INVENTORY, HALF_AN_HOUR, OptionalInt.of(10), "anna");
    issued(InventoryPhone.at(site, "805ec0000005", "10.0.0.9").fetches());
  }

  @Test
  public void oneDeviceIsLetInAlone() {
    site.enrol("1002", "805ec0000002", CodeKind.INVENTORY);
    windows.letIn("80-5E-C0-00-00-01", HALF_AN_HOUR, "anna");
    assertEquals(
        DenialReason.NO_PROOF,
        denied(InventoryPhone.at(site, "805ec0000002", "10.0.0.6").fetches()));
    issued(phone.fetches());
    assertEquals(
        DenialReason.SERVED_ALREADY, denied(InventoryPhone.at(site, MAC, "10.0.0.6").fetches()));
    assertTrue(status(), status().contains("1 devices are let in"));
    site.pass(HALF_AN_HOUR);
    assertEquals(DenialReason.NO_PROOF, denied(phone.fetches()));
    refused("only a MAC address", () -> windows.letIn("1001", HALF_AN_HOUR, "anna"));
  }

  @Test
  public void theStatusShowsItUntilItIsClosed() {
    open();
    assertTrue(status(), status().contains("served by their MAC address alone"));
    windows.close("anna");
    assertTrue(status(), status().contains("No factory certificate counts"));
  }

  @Test
  public void whatIsNoWindowIsRefusedAndWithoutEvidenceNoneOpens() {
    refused("1 minute to 24 hours", () -> open(Duration.ofHours(25)));
    refused("1 minute to 24 hours", () -> open(Duration.ofSeconds(59)));
    refused(
        "1 to 1000", () -> windows.open(Kind.ANYBODY, HALF_AN_HOUR, OptionalInt.of(1001), "anna"));
    site.audit.broken(true);
    refused("audit log", () -> open(HALF_AN_HOUR));
    assertEquals(List.of(), windows.open());
  }

  private void open() {
    open(HALF_AN_HOUR);
  }

  private void open(Duration length) {
    windows.open(Kind.INVENTORY, length, OptionalInt.empty(), "anna");
  }

  private String status() {
    return new PolicyStatus(site.parts).status().get(0).words();
  }

  private static void refused(String words, Runnable action) {
    RequestRefusedException refused = assertThrows(RequestRefusedException.class, action::run);
    assertTrue(refused.getMessage(), String.valueOf(refused.getMessage()).contains(words));
  }
}
