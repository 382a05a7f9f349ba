package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.denied;
import static org.latchkey.keyagent.internal.TestSite.issued;
import static org.latchkey.keyagent.internal.TestSite.text;
import static org.latchkey.keyagent.internal.TestSite.unavailable;

import java.util.List;
import java.util.Map;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.DenialReason;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.Generation.State;
import org.latchkey.key.Generations.Overview;
import org.latchkey.key.Generations.Rotation;
import org.latchkey.key.IdentifierForm;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyPurpose;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.keyscheme.HmacPrf;
import org.latchkey.keyscheme.KeyIdentifier;

/** A generation follows another, and phones move to it when they next fetch. */
public class RotationTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;

  @Before
  public void aSite() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
  }

  @Test
  public void theNextGenerationIsMadeDistributedAndIssuesInThisOrderWithEvidenceFirst() {
    site.diary.clear();
    site.generations.rotate(Rotation.ISSUE, "anna");
    assertEquals(
        List.of(
            "audit: generation.created",
            "store: generation 2",
            "audit: generation.distributed",
            "store: advance 2=DISTRIBUTED",
            "audit: generation.issuing",
            "store: advance 1=VERIFY_ONLY 2=ISSUING"),
        site.diary);
    assertEquals("1=VERIFY_ONLY 2=ISSUING", site.parts.custody().roster().text());
  }

  @Test
  public void aPhoneMovesWhenItFetchesWithItsOldLoginAndBothKeysAuthenticate() {
    IssuedKey old = site.registered("1001");
    site.generations.rotate(Rotation.ISSUE, "anna");
    assertTrue(site.authenticates(old));
    IssuedKey fresh = issued(site.login(old));
    assertEquals(2, fresh.record().generation());
    assertEquals(old.record().aor(), fresh.record().aor());
    assertEquals(old.record().enrolment(), fresh.record().enrolment());
    assertNotEquals(text(old.secret()), text(fresh.secret()));
    assertTrue(site.authenticates(old));
    assertTrue(site.authenticates(fresh));
  }

  @Test
  public void bothLoginsFetchTheSameNewKeyAgainAndAgain() {
    IssuedKey old = site.registered("1001");
    site.generations.rotate(Rotation.ISSUE, "anna");
    IssuedKey fresh = issued(site.login(old));
    assertEquals(text(fresh.secret()), text(issued(site.login(old)).secret()));
    site.start();
    assertEquals(text(fresh.secret()), text(issued(site.login(fresh)).secret()));
    assertEquals(2, site.store.keys.size());
  }

  @Test
  public void aDeviceKeepsItsDeviceAndOnlyItMovesWithItsLogin() {
    IssuedKey old =
        issued(
            site.fetch(
                site.enrol("1001", "805ec0000001", org.latchkey.key.Enrolment.CodeKind.URL)
                    .code()
                    .orElseThrow(),
                "805ec0000001"));
    site.generations.rotate(Rotation.ISSUE, "anna");
    assertEquals(
        DenialReason.OTHER_DEVICE,
        denied(
            site.issuer.issue(
                TestSite.request("805ec0000002")
                    .login(old.keyIdentifier(), old.provisioningPassword())
                    .build())));
    IssuedKey fresh = issued(site.login(old));
    assertEquals(old.record().device(), fresh.record().device());
  }

  @Test
  public void aCodeWhoseKeyNeverRegisteredFetchesTheNextOne() {
    var code = site.enrol("1001").code().orElseThrow();
    IssuedKey old = issued(site.fetch(code, null));
    site.generations.rotate(Rotation.ISSUE, "anna");
    assertEquals(2, issued(site.fetch(code, null)).record().generation());
    assertEquals(2, issued(site.login(old)).record().generation());
  }

  @Test
  public void aHeldPhoneStaysHeldOnItsNextKey() {
    IssuedKey old = site.registered("1001");
    IssuedKey waiting = site.registered("1002");
    site.quarantine.hold(old.keyIdentifier(), "noise", "anna");
    site.quarantine.awaitApproval(waiting.keyIdentifier(), "enrolment");
    site.quarantine.leaveBehind(List.of(old.keyIdentifier()), "retired", "anna");
    site.generations.rotate(Rotation.ISSUE, "anna");
    IssuedKey fresh = issued(site.login(old));
    assertEquals("noise", site.quarantine.held.get(fresh.keyIdentifier()));
    assertFalse(site.quarantine.left.contains(fresh.keyIdentifier()));
    assertTrue(site.quarantine.waiting.contains(issued(site.login(waiting)).keyIdentifier()));
    site.neighbours.noQuarantine(site.quarantine);
    IssuedKey other = site.registered("1003");
    site.generations.rotate(Rotation.ISSUE, "anna");
    assertTrue(unavailable(site.login(other)).contains("quarantine"));
  }

  @Test
  public void revokingAPhoneEndsEachOfItsKeys() {
    IssuedKey old = site.registered("1001");
    site.generations.rotate(Rotation.ISSUE, "anna");
    IssuedKey fresh = issued(site.login(old));
    site.desk.revoke(fresh.keyIdentifier(), "lost", "anna");
    assertFalse(site.authenticates(old));
    assertFalse(site.authenticates(fresh));
    assertEquals(DenialReason.REVOKED, denied(site.login(old)));
  }

  @Test
  public void aRevokedPhoneDoesNotMove() {
    IssuedKey old = site.registered("1001");
    site.desk.revoke(old.keyIdentifier(), "lost", "anna");
    site.generations.rotate(Rotation.ISSUE, "anna");
    assertEquals(DenialReason.REVOKED, denied(site.login(old)));
  }

  @Test
  public void anAssignedPhoneLeadsToItsSuccessorFromEachGeneration() {
    IssuedKey old = site.registered("1001");
    site.generations.rotate(Rotation.ISSUE, "anna");
    IssuedKey fresh = issued(site.login(old));
    assertThrows(
        RequestRefusedException.class, () -> site.desk.assign(old.keyIdentifier(), "1002", "anna"));
    site.desk.assign(fresh.keyIdentifier(), "1002", "anna");
    IssuedKey successor = issued(site.login(fresh));
    assertEquals("1002", successor.record().aor().user());
    assertEquals(successor.keyIdentifier(), issued(site.login(old)).keyIdentifier());
    assertFalse(site.authenticates(old));
  }

  @Test
  public void preparedItChecksAndIssuesOnlyWhenTypedAgain() {
    assertEquals(State.DISTRIBUTED, site.generations.rotate(Rotation.PREPARE, "anna").state());
    assertEquals(1, site.registered("1001").record().generation());
    assertTrue(site.parts.custody().generations().contains(2));
    site.start();
    assertEquals(2, site.generations.rotate(Rotation.ISSUE, "anna").number());
    assertEquals(2, site.registered("1002").record().generation());
  }

  @Test
  public void cutOffAnywhereItGoesOnWhereItStopped() {
    IssuedKey old = site.registered("1001");
    site.store.readOnly(true);
    assertThrows(RuntimeException.class, () -> site.generations.rotate(Rotation.ISSUE, "anna"));
    site.store.readOnly(false);
    site.start();
    assertEquals("1=ISSUING 2=DISTRIBUTED", site.parts.custody().roster().text());
    assertEquals(1, issued(site.login(old)).record().generation());
    assertEquals(2, site.generations.rotate(Rotation.ISSUE, "anna").number());
    assertEquals(2, issued(site.login(old)).record().generation());
  }

  @Test
  public void withoutAuditLogOrStoreNothingIsRotated() {
    site.audit.broken(true);
    assertThrows(
        RequestRefusedException.class, () -> site.generations.rotate(Rotation.ISSUE, "anna"));
    site.audit.broken(false);
    site.store.away(true);
    assertThrows(RuntimeException.class, () -> site.generations.rotate(Rotation.ISSUE, "anna"));
    site.store.away(false);
    site.look();
    assertEquals("1=ISSUING", site.parts.custody().roster().text());
  }

  @Test
  public void aStolenRegistrarCostsAGenerationAndHoldsWhoIsOnIt() {
    IssuedKey old = site.registered("1001");
    site.generations.rotate(Rotation.COMPROMISED, "anna");
    assertTrue(site.store.generations.get(1).compromised());
    assertTrue(site.audit.actions().contains("generation.compromised"));
    assertEquals(java.util.Set.of(old.keyIdentifier()), site.quarantine.left);
    IssuedKey fresh = issued(site.login(old));
    assertFalse(site.quarantine.left.contains(fresh.keyIdentifier()));
    site.neighbours.noQuarantine(site.quarantine);
    assertThrows(
        RequestRefusedException.class, () -> site.generations.rotate(Rotation.COMPROMISED, "anna"));
    assertEquals(2, site.store.generations.size());
  }

  @Test
  public void whoHasASubkeyOfACompromisedGenerationMakesNoKeyOfHisOwn() {
    IssuedKey old = site.registered("1001");
    String forged = forged(1);
    assertFalse("nobody knows of the theft", site.keys.revoked(forged));
    site.generations.rotate(Rotation.COMPROMISED, "anna");
    assertTrue(site.keys.revoked(forged));
    assertFalse("held, not revoked", site.keys.revoked(old.keyIdentifier()));
    assertFalse(site.keys.revoked(issued(site.login(old)).keyIdentifier()));
    site.storeIsAway(true);
    site.start();
    assertTrue("nobody knows what was issued", site.keys.revoked(forged));
  }

  /** What a stolen registrar can make: a key identifier with a good tag. */
  private String forged(int generation) {
    byte[] tag =
        site.keys.subkey(generation, KeyPurpose.TAG, "latchkey", "localhost").orElseThrow();
    try (HmacPrf subkey = new HmacPrf(tag)) {
      return KeyIdentifier.of(
              IdentifierForm.LONG, generation, DigestAlgorithm.MD5, new byte[10], subkey)
          .text();
    }
  }

  @Test
  public void aRevocationOfAPhoneWithTwoKeysEndsNeitherOrBoth() {
    IssuedKey old = site.registered("1001");
    site.generations.rotate(Rotation.ISSUE, "anna");
    IssuedKey next = issued(site.login(old));
    site.audit.breaksAfter(1);
    assertThrows(
        RequestRefusedException.class,
        () -> site.desk.revoke(next.keyIdentifier(), "stolen", "anna"));
    assertFalse(site.keys.revoked(old.keyIdentifier()));
    assertFalse(site.keys.revoked(next.keyIdentifier()));
    site.audit.breaksAfter(100);
    site.desk.revoke(next.keyIdentifier(), "stolen", "anna");
    assertTrue(site.keys.revoked(old.keyIdentifier()));
    assertTrue(site.keys.revoked(next.keyIdentifier()));
  }

  @Test
  public void theOverviewCountsPhonesAndForeseesTheEnd() {
    List<IssuedKey> phones =
        List.of(
            site.registered("1001"),
            site.registered("1002"),
            site.registered("1003"),
            site.registered("1004"));
    site.generations.rotate(Rotation.ISSUE, "anna");
    site.pass(java.time.Duration.ofMinutes(10));
    issued(site.login(phones.get(0)));
    Overview overview = site.generations.overview();
    assertEquals(
        Map.of(1, 3, 2, 1),
        overview.rows().stream()
            .collect(
                java.util.stream.Collectors.toMap(
                    row -> row.generation().number(), row -> row.phones())));
    assertEquals(1, overview.moved());
    assertEquals(4, overview.phones());
    assertEquals(
        site.now().plus(java.time.Duration.ofMinutes(30)), overview.expectedEnd().orElseThrow());
  }
}
