package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.denied;
import static org.latchkey.keyagent.internal.TestSite.issued;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.Enrolments.NewEnrolment;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;

/** A phone of the inventory proves itself by its factory certificate. */
public class InventoryTest {

  private static final String MAC = "805ec0000001";

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private final FactoryCa factory = FactoryCa.root("CN=Yealink Root CA");
  private TestSite site;
  private InventoryPhone certified;

  @Before
  public void aSiteThatTrustsAFactory() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    FactoryDesk desk = new FactoryDesk(site.parts);
    String print = desk.read("yealink", factory.pem()).get(0).sha256();
    desk.trust("yealink", factory.pem(), false, List.of(print), "anna");
    certified = InventoryPhone.at(site, MAC, "10.0.0.5").showing(factory.device("CN=" + MAC));
  }

  @Test
  public void certificateAndInventoryTogetherGetTheKey() {
    try (NewEnrolment enrolment = site.enrol("1001", "80:5E:C0:00:00:01", CodeKind.INVENTORY)) {
      assertTrue(enrolment.code().isEmpty());
      assertEquals("", enrolment.enrolment().codeHash());
      assertEquals(
          Duration.ofDays(30), Duration.between(site.now(), enrolment.enrolment().expiresAt()));
    }
    IssuedKey key = issued(certified.fetches());
    assertEquals("1001@localhost", key.record().aor().toString());
    assertEquals(Optional.of(MAC), key.record().device());
    assertEquals(key.keyIdentifier(), issued(certified.fetches()).keyIdentifier());
    assertTrue(word(), word().endsWith(", by factory-certificate"));
  }

  @Test
  public void neitherSufficesAlone() {
    assertEquals(DenialReason.NOT_IN_INVENTORY, denied(certified.fetches()));
    site.enrol("1001", MAC, CodeKind.INVENTORY);
    InventoryPhone bare = InventoryPhone.at(site, MAC, "10.0.0.5");
    assertEquals(DenialReason.NO_PROOF, denied(bare.fetches()));
    assertEquals(
        DenialReason.NAMELESS_CERTIFICATE,
        denied(bare.showing(factory.device("CN=Yealink")).fetches()));
    assertEquals(
        DenialReason.OTHER_CERTIFICATE,
        denied(bare.showing(factory.device("CN=805ec0000002")).fetches()));
    assertEquals(
        DenialReason.NO_CREDENTIAL,
        denied(InventoryPhone.at(site, "805ec0000009", "10.0.0.5").fetches()));
    assertEquals(Set.of(), site.store.keys.keySet());
  }

  @Test
  public void aPhoneThatWasResetGetsTheSameKeyAgainByItsCertificate() {
    site.enrol("1001", MAC, CodeKind.INVENTORY);
    IssuedKey key = issued(certified.fetches());
    site.use(key);
    site.pass(Duration.ofDays(400));
    IssuedKey again = issued(certified.fetches());
    assertEquals(key.keyIdentifier(), again.keyIdentifier());
    assertTrue(key.secret().matches(again.secret()));
    site.desk.revoke(key.keyIdentifier(), "stolen", "anna");
    assertEquals(DenialReason.REVOKED, denied(certified.fetches()));
  }

  @Test
  public void anotherVendorsAuthorityDoesNotVouchForAPhoneThatHasItsKey() throws Exception {
    FactoryCa other = FactoryCa.root("CN=Leaked Root CA");
    FactoryDesk desk = new FactoryDesk(site.parts);
    String print = desk.read("grandstream", other.pem()).get(0).sha256();
    desk.trust("grandstream", other.pem(), false, List.of(print), "anna");
    site.enrol("1001", MAC, CodeKind.INVENTORY);
    IssuedKey key = issued(certified.fetches());
    InventoryPhone forged =
        InventoryPhone.at(site, MAC, "10.0.0.5")
            .showing(other.device("CN=" + MAC + ",O=Grandstream Networks"))
            .askingFor("grandstream");
    assertEquals(DenialReason.OTHER_CERTIFICATE, denied(forged.fetches()));
    assertEquals(key.keyIdentifier(), issued(certified.fetches()).keyIdentifier());
  }

  @Test
  public void theFirstKeyHasItsTime() {
    site.enrol("1001", MAC, CodeKind.INVENTORY);
    site.pass(Duration.ofDays(30));
    assertEquals(DenialReason.WINDOW_OVER, denied(certified.fetches()));
  }

  @Test
  public void anEntryThatWasTakenBackLeavesTheOneBefore() {
    site.enrol("1001", MAC, CodeKind.INVENTORY);
    IssuedKey key = issued(certified.fetches());
    NewEnrolment mistake = site.enrolAnew("1002", MAC);
    site.desk.cancel(mistake.enrolment().id(), "anna");
    assertEquals(key.keyIdentifier(), issued(certified.fetches()).keyIdentifier());
    site.enrolAnew("1003", MAC);
    assertEquals("1003", issued(certified.fetches()).record().aor().user());
  }

  @Test
  public void itsCertificateFollowsAPhoneToItsNextExtensionAndGeneration() {
    site.enrol("1001", MAC, CodeKind.INVENTORY);
    IssuedKey key = issued(certified.fetches());
    site.desk.assign(key.keyIdentifier(), "1007", "anna");
    IssuedKey moved = issued(certified.fetches());
    assertEquals("1007", moved.record().aor().user());
    site.generations.rotate(org.latchkey.key.Generations.Rotation.ISSUE, "anna");
    IssuedKey next = issued(certified.fetches());
    assertNotEquals(moved.record().generation(), next.record().generation());
    assertEquals("1007", next.record().aor().user());
  }

  @Test
  public void anOldLoginDoesNotStandInTheWay() {
    IssuedKey old = site.registered("1001");
    site.desk.revoke(old.keyIdentifier(), "lost", "anna");
    site.enrol("1001", MAC, CodeKind.INVENTORY);
    IssuedKey fresh =
        issued(
            site.issuer.issue(
                certified
                    .request()
                    .login(old.keyIdentifier(), old.provisioningPassword())
                    .build()));
    assertNotEquals(old.keyIdentifier(), fresh.keyIdentifier());
    assertEquals(
        DenialReason.UNKNOWN_CODE,
        denied(
            site.issuer.issue(
                InventoryPhone.at(site, MAC, "10.0.0.5")
                    .request()
                    .code(Secret.ofText("0123456789abcdef"))
                    .build())));
  }

  @Test
  public void aPhoneThatNeedsApprovalWaitsForItWhateverItProves() {
    site.desk.enrol(
        new org.latchkey.key.EnrolmentOrder(
            "1001",
            Optional.of(MAC),
            1,
            Optional.empty(),
            true,
            CodeKind.INVENTORY,
            Optional.empty()),
        "anna");
    assertEquals(List.of(issued(certified.fetches()).keyIdentifier()), site.quarantine.waiting);
  }

  @Test
  public void theInventoryKnowsMacAddressesAlone() {
    for (String device : new String[] {null, "1001", "SERIAL-7"}) {
      RequestRefusedException refused =
          assertThrows(
              RequestRefusedException.class, () -> site.enrol("1001", device, CodeKind.INVENTORY));
      assertTrue(String.valueOf(refused.getMessage()).contains("MAC address"));
    }
  }

  @Test
  public void knownAndUnknownDevicesCostTheSameQuestionsAndLeaveAtTheSameBeat() {
    for (int i = 0; i < 5; i++) {
      site.enrol("100" + i, "805ec000000" + i, CodeKind.INVENTORY);
    }
    List<String> questions = counted();
    Set<String> asked = new HashSet<>();
    for (int i = 0; i < 10; i++) {
      questions.clear();
      denied(InventoryPhone.at(site, "805ec000000" + i, "10.0.0.5").fetches());
      asked.add(questions.toString());
    }
    assertEquals(Set.of("[enrolmentsOfDevice]"), asked);
    assertEquals(10, site.waits.size());
    assertEquals(Set.of(100_000_000L), new HashSet<>(site.waits));
  }

  @Test
  public void withoutEvidenceNoKeyLeaves() {
    site.enrol("1001", MAC, CodeKind.INVENTORY);
    site.audit.broken(true);
    TestSite.unavailable(certified.fetches());
    assertFalse(site.store.keys.containsKey(MAC));
    assertEquals(0, site.store.keys.size());
  }

  /** What the store is asked from now on. */
  private List<String> counted() {
    List<String> questions = new ArrayList<>();
    KeyRecords store =
        (KeyRecords)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {KeyRecords.class},
                (proxy, method, arguments) -> {
                  questions.add(method.getName());
                  return method.invoke(site.store, arguments);
                });
    site.neighbours.store(store);
    return questions;
  }

  private String word() {
    return site.audit.entries.get(site.audit.entries.size() - 1).detail();
  }
}
