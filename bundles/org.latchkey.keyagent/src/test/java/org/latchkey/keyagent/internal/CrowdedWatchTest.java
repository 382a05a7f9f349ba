package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.denied;
import static org.latchkey.keyagent.internal.TestSite.issued;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Enrolment.CodeKind;

/**
 * Who has many network addresses, or sits beside a phone of ours, hides nothing and stops nobody.
 */
public class CrowdedWatchTest {

  private static final String MAC = "805ec0000001";

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;

  @Before
  public void aSiteWithAnInventory() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    site.enrol("1001", MAC, CodeKind.INVENTORY);
  }

  @Test
  public void whoTriesOurMacAddressesFromManyPlacesHidesNoKeyThatWentToTwo() throws Exception {
    DeviceWatch watch = site.parts.policies().watch();
    for (int i = 0; i < 300; i++) {
      String device = "805ec001%04x".formatted(i);
      watch.saw(at("10.1.%d.1".formatted(i / 10)), device, true, true);
      watch.saw(at("10.2.%d.1".formatted(i / 10)), device, true, true);
    }
    watch.saw(at("10.0.0.5"), MAC, true, false);
    watch.saw(at("10.0.0.66"), MAC, true, true);
    watch.saw(at("10.0.0.7"), "805ec0000002", true, false);
    watch.saw(at("10.0.0.67"), "805ec0000002", true, false);
    List<String> alarms = alarms();
    assertEquals(
        "The device 805ec0000002 was seen at 10.0.0.7 and at 10.0.0.67 within 5 minutes",
        alarms.get(0));
    assertEquals(
        "The device " + MAC + " was seen at 10.0.0.5 and at 10.0.0.66 within 5 minutes",
        alarms.get(1));
    assertEquals(103, alarms.size());
    watch.saw(at("10.0.0.68"), "805ec0000002", true, true);
    assertEquals("one an hour for a device, the gravest", 103, alarms().size());
  }

  @Test
  public void devicesThatAreNobodysPushOutNoSightingOfOurs() throws Exception {
    DeviceWatch watch = site.parts.policies().watch();
    watch.saw(at("10.0.0.5"), MAC, true, false);
    for (int i = 0; i < 20_000; i++) {
      watch.saw(
          at("10.3.%d.%d".formatted(i / 256, i % 256)), "805ec1%06x".formatted(i), false, true);
    }
    watch.saw(at("10.0.0.66"), MAC, true, false);
    assertTrue(alarms().toString(), alarms().get(0).startsWith("The device " + MAC));
  }

  @Test
  public void aPhoneThatWasLetInByNameGetsThroughBesideWhoGuesses() {
    guesses(100);
    assertEquals(DenialReason.TOO_FAST, denied(InventoryPhone.at(site, MAC, "10.0.0.5").fetches()));
    new WindowDesk(site.parts).letIn(MAC, Duration.ofMinutes(30), "anna");
    issued(InventoryPhone.at(site, MAC, "10.0.0.5").fetches());
  }

  @Test
  public void whoGuessesWhichPhoneIsLetInIsStoppedAllTheSame() {
    new WindowDesk(site.parts).letIn(MAC, Duration.ofMinutes(30), "anna");
    guesses(1_000);
    assertEquals(DenialReason.TOO_FAST, denied(InventoryPhone.at(site, MAC, "10.0.0.5").fetches()));
    site.pass(Duration.ofSeconds(1));
    issued(InventoryPhone.at(site, MAC, "10.0.0.5").fetches());
  }

  private void guesses(int number) {
    for (int i = 0; i < number; i++) {
      denied(InventoryPhone.at(site, "805ec002%04x".formatted(i), "10.0.0.5").fetches());
    }
  }

  private static InetAddress at(String address) throws UnknownHostException {
    return InetAddress.getByName(address);
  }

  private List<String> alarms() {
    return site.parts.policies().watch().alarms();
  }
}
