package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.denied;
import static org.latchkey.keyagent.internal.TestSite.issued;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.EnrolmentWindows.Kind;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyRequest;
import org.latchkey.key.Secret;

/** Who tries out MAC addresses, and what becomes of copies. */
public class DeviceWatchTest {

  private static final String MAC = "805ec0000001";

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private final FactoryCa factory = FactoryCa.root("CN=Yealink Root CA");
  private TestSite site;
  private InventoryPhone real;

  @Before
  public void aSiteWithAnInventory() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    FactoryDesk desk = new FactoryDesk(site.parts);
    String print = desk.read("yealink", factory.pem()).get(0).sha256();
    desk.trust("yealink", factory.pem(), false, List.of(print), "anna");
    site.enrol("1001", MAC, CodeKind.INVENTORY);
    real = InventoryPhone.at(site, MAC, "10.0.0.5").showing(factory.device("CN=" + MAC));
  }

  @Test
  public void aThousandGuessesRaiseOneAlarmAndSlowTheirAddressAlone() {
    Map<DenialReason, Integer> reasons = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      String mac = "805ec000%04x".formatted(i);
      reasons.merge(denied(InventoryPhone.at(site, mac, "10.0.0.66").fetches()), 1, Integer::sum);
    }
    assertEquals(
        Map.of(
            DenialReason.NO_CREDENTIAL, 29, DenialReason.NO_PROOF, 1, DenialReason.TOO_FAST, 970),
        reasons);
    assertEquals(
        List.of("10.0.0.66 asks for the files of many devices that it has no right to"), alarms());
    assertEquals(1, journal("asked for the files of 20 devices in vain").size());
    assertEquals("those that are slowed hold no worker", 30, site.waits.size());
    issued(real.fetches());
    InventoryPhone inWindow = InventoryPhone.at(site, "805ec00000aa", "10.0.0.7");
    site.enrol("1002", "805ec00000aa", CodeKind.INVENTORY);
    new WindowDesk(site.parts)
        .open(Kind.INVENTORY, Duration.ofMinutes(5), OptionalInt.empty(), "anna");
    issued(inWindow.fetches());
    site.pass(Duration.ofMinutes(61));
    assertEquals(List.of(), alarms());
  }

  @Test
  public void aCertificateIsBeyondGuessing() {
    for (int i = 0; i < 100; i++) {
      denied(InventoryPhone.at(site, "805ec000%04x".formatted(i), "10.0.0.5").fetches());
    }
    issued(real.fetches());
  }

  @Test
  public void onePhoneThatAsksAgainAndAgainGuessesNothing() {
    InventoryPhone unknown = InventoryPhone.at(site, "805ec0000009", "10.0.0.9");
    for (int i = 0; i < 300; i++) {
      assertEquals(DenialReason.NO_CREDENTIAL, denied(unknown.fetches()));
    }
    assertEquals(DenialReason.TOO_FAST, denied(unknown.fetches()));
    assertEquals(List.of(), alarms());
  }

  @Test
  public void alarmsAreBoundedHoweverManyAddressesGuess() {
    for (int source = 0; source < 200; source++) {
      for (int i = 0; i < DeviceWatch.MANY; i++) {
        denied(
            InventoryPhone.at(site, "805ec001%04x".formatted(i), "10.9.%d.1".formatted(source))
                .fetches());
      }
    }
    assertEquals(101, alarms().size());
    assertEquals("100 more alarms of this kind were only counted", alarms().get(100));
    assertTrue(new PolicyStatus(site.parts).status().size() < 10);
  }

  @Test
  public void aCopiedMacIsRefusedAndRaisesAnAlarm() {
    issued(real.fetches());
    assertEquals(
        DenialReason.NO_PROOF, denied(InventoryPhone.at(site, MAC, "10.0.0.99").fetches()));
    String words = "was seen at 10.0.0.5 and at 10.0.0.99 within 5 minutes";
    assertEquals(List.of("The device " + MAC + ' ' + words), alarms());
    assertEquals(1, journal(words).size());
    denied(InventoryPhone.at(site, MAC, "10.0.0.98").fetches());
    assertEquals("one alarm an hour for a device", 1, alarms().size());
  }

  @Test
  public void whoGuessedBeforeItGotAKeyRaisesTheAlarmAllTheSame() {
    guessed("10.0.0.66");
    new WindowDesk(site.parts)
        .open(Kind.INVENTORY, Duration.ofMinutes(5), OptionalInt.empty(), "anna");
    issued(InventoryPhone.at(site, MAC, "10.0.0.66").fetches());
    guessed("10.0.0.67");
    denied(InventoryPhone.at(site, MAC, "10.0.0.67").fetches());
    issued(real.fetches());
    assertTrue(alarms().get(0), alarms().get(0).startsWith("The device " + MAC + " was seen at"));
  }

  @Test
  public void guessesInVainDoNotHideWhereAKeyWent() {
    issued(
        InventoryPhone.at(site, MAC, "10.0.0.66").showing(factory.device("CN=" + MAC)).fetches());
    guessed("10.0.0.67");
    assertEquals(
        DenialReason.NO_PROOF, denied(InventoryPhone.at(site, MAC, "10.0.0.67").fetches()));
    issued(real.fetches());
    assertEquals(
        "The device " + MAC + " was seen at 10.0.0.66 and at 10.0.0.5 within 5 minutes",
        alarms().get(0));
  }

  @Test
  public void manyGuessersLeaveRoomForTheAlarmOfADevice() {
    for (int source = 0; source < 100; source++) {
      guessed("10.9.%d.1".formatted(source));
    }
    issued(real.fetches());
    denied(InventoryPhone.at(site, MAC, "10.0.0.99").fetches());
    assertTrue(alarms().get(0), alarms().get(0).startsWith("The device " + MAC));
  }

  private void guessed(String address) {
    for (int i = 0; i < DeviceWatch.MANY; i++) {
      denied(InventoryPhone.at(site, "805ec001%04x".formatted(i), address).fetches());
    }
  }

  @Test
  public void aPhoneThatMovedAfterAWhileRaisesNone() {
    issued(real.fetches());
    site.pass(Duration.ofMinutes(6));
    issued(new InventoryPhone(site, MAC, "10.0.7.5", real.chain(), "yealink").fetches());
    denied(InventoryPhone.at(site, "805ec0000009", "10.0.0.1").fetches());
    denied(InventoryPhone.at(site, "805ec0000009", "10.0.0.2").fetches());
    assertEquals("strangers are nobody's", List.of(), alarms());
  }

  @Test
  public void aStolenConfigurationFetchesThisKeyWithAnAlarmUntilItIsRevoked() {
    IssuedKey key = issued(real.fetches());
    KeyRequest thief =
        InventoryPhone.at(site, MAC, "10.0.0.99")
            .request()
            .login(key.keyIdentifier(), key.provisioningPassword())
            .build();
    assertEquals(key.keyIdentifier(), issued(site.issuer.issue(thief)).keyIdentifier());
    assertEquals(1, alarms().size());
    site.desk.revoke(key.keyIdentifier(), "stolen", "anna");
    assertEquals(DenialReason.REVOKED, denied(site.issuer.issue(thief)));
    assertTrue(!site.authenticates(key));
    site.enrolAnew("1001", MAC);
    assertEquals(DenialReason.REVOKED, denied(site.issuer.issue(thief)));
    issued(real.fetches());
  }

  @Test
  public void aClonedUrlCodeIsGoodForItsDeviceUntilThatHasRegistered() {
    String mac = "805ec0000007";
    Secret code = site.enrol("1007", mac, CodeKind.URL).code().orElseThrow();
    InventoryPhone owner = InventoryPhone.at(site, mac, "10.0.0.7");
    IssuedKey key = issued(site.issuer.issue(owner.request().code(code).build()));
    InventoryPhone other = InventoryPhone.at(site, "805ec0000008", "10.0.0.99");
    assertEquals(
        DenialReason.OTHER_DEVICE, denied(site.issuer.issue(other.request().code(code).build())));
    InventoryPhone liar = InventoryPhone.at(site, mac, "10.0.0.99");
    assertEquals(
        "until then it is the same key, and told",
        key.keyIdentifier(),
        issued(site.issuer.issue(liar.request().code(code).build())).keyIdentifier());
    assertEquals(1, alarms().size());
    site.use(key);
    assertEquals(
        DenialReason.ALREADY_REGISTERED,
        denied(site.issuer.issue(liar.request().code(code).build())));
  }

  private List<String> alarms() {
    return site.parts.policies().watch().alarms();
  }

  private List<String> journal(String words) {
    List<String> found = new ArrayList<>();
    site.journal.stream()
        .map(org.latchkey.audit.PhoneEvent::words)
        .filter(text -> text.contains(words))
        .forEach(found::add);
    return found;
  }
}
