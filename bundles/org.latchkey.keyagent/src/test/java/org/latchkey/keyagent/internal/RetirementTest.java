package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.denied;
import static org.latchkey.keyagent.internal.TestSite.issued;
import static org.latchkey.keyagent.internal.TestSite.unavailable;

import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Generation.State;
import org.latchkey.key.Generations.Left;
import org.latchkey.key.Generations.Rotation;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.status.StatusLine;

/**
 * A generation ends: who is left is held, not cut off, and revocations hold until its key is gone.
 */
public class RetirementTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;
  private IssuedKey left;
  private IssuedKey moved;
  private IssuedKey fetched;
  private IssuedKey fresh;

  @Before
  public void onePhoneMovesOneOnlyFetchesOneDoesNeither() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    left = site.registered("1001");
    moved = site.registered("1002");
    fetched = site.registered("1003");
    site.generations.rotate(Rotation.ISSUE, "anna");
    fresh = issued(site.login(moved));
    site.use(fresh);
    issued(site.login(fetched));
    site.diary.clear();
  }

  @Test
  public void whoIsLeftRegistersAndIsHeldAndReplacedKeysEnd() {
    List<Left> named = site.generations.retire(1, false, "anna");
    Set<String> both = Set.of(left.keyIdentifier(), fetched.keyIdentifier());
    assertEquals(both, Set.copyOf(named.stream().map(Left::keyIdentifier).toList()));
    assertEquals(both, site.quarantine.left);
    assertTrue(site.authenticates(left));
    assertTrue(site.authenticates(fetched));
    assertTrue(site.authenticates(fresh));
    assertFalse(site.authenticates(moved));
    assertEquals(
        List.of(
            "audit: generation.retired",
            "quarantine: leaves behind 2",
            "store: revoke replaced",
            "store: advance 1=RETIRED",
            "pbx: drop " + moved.keyIdentifier()),
        site.diary);
  }

  @Test
  public void whoIsLeftLeavesTheQuarantineByFetching() {
    site.generations.retire(1, false, "anna");
    IssuedKey next = issued(site.login(left));
    assertTrue(site.quarantine.holds(next.keyIdentifier()).isEmpty());
    assertEquals(fresh.keyIdentifier(), issued(site.login(moved)).keyIdentifier());
  }

  @Test
  public void itStaysSoWhenTheStoreIsAwayAndTheAgentStartsAnew() {
    site.generations.retire(1, true, "anna");
    site.storeIsAway(true);
    site.start();
    assertTrue(site.keys.unavailable().isEmpty());
    assertFalse("cut off before the restart", site.authenticates(left));
    assertTrue(site.authenticates(fresh));
  }

  @Test
  public void byForceWhoIsLeftIsCutOff() {
    site.generations.retire(1, true, "anna");
    assertEquals(Set.of(), site.quarantine.left);
    assertFalse(site.authenticates(left));
    assertTrue(site.diary.contains("pbx: drop " + left.keyIdentifier()));
    assertEquals(DenialReason.BAD_LOGIN, denied(site.login(left)));
    assertTrue(site.authenticates(fresh));
  }

  @Test
  public void whoIsHeldCanBeCutOffLater() {
    site.generations.retire(1, false, "anna");
    assertTrue(site.authenticates(left));
    site.generations.retire(1, true, "anna");
    assertFalse(site.authenticates(left));
    assertEquals(State.RETIRED, site.store.generations.get(1).state());
  }

  @Test
  public void onlyOneThatVerifiesIsRetiredAndOnlyARetiredOneDestroyed() {
    assertRefused("latchkey:rotate first", () -> site.generations.retire(2, false, "anna"));
    assertRefused("latchkey:generations lists", () -> site.generations.retire(7, false, "anna"));
    assertRefused("latchkey:retire 1 first", () -> site.generations.destroy(1, false, "anna"));
    site.generations.rotate(Rotation.PREPARE, "anna");
    assertRefused("verify-only", () -> site.generations.retire(3, true, "anna"));
    assertEquals("1=VERIFY_ONLY 2=ISSUING 3=DISTRIBUTED", site.parts.custody().roster().text());
  }

  @Test
  public void withoutTheQuarantineOrTheAuditLogNobodyIsRetired() {
    site.neighbours.noQuarantine(site.quarantine);
    assertRefused("quarantine is away", () -> site.generations.retire(1, false, "anna"));
    site.neighbours.quarantine(site.quarantine);
    site.audit.broken(true);
    assertRefused("audit log", () -> site.generations.retire(1, false, "anna"));
    assertEquals(State.VERIFY_ONLY, site.store.generations.get(1).state());
    assertEquals(Set.of(), site.quarantine.left);
  }

  @Test
  public void destroyedItsKeyIsGoneFromMemoryAndFileAndItsRevocationsAreForgotten()
      throws Exception {
    IssuedKey lost = site.registered("1004");
    site.desk.revoke(left.keyIdentifier(), "lost", "anna");
    site.desk.revoke(lost.keyIdentifier(), "lost", "anna");
    site.generations.retire(1, false, "anna");
    assertTrue("until it is destroyed", site.keys.revoked(left.keyIdentifier()));
    assertRefused(
        "phones left on generation 1: 1", () -> site.generations.destroy(1, false, "anna"));
    site.generations.destroy(1, true, "anna");
    assertFalse(site.keys.revoked(left.keyIdentifier()));
    assertTrue("of another generation", site.keys.revoked(lost.keyIdentifier()));
    assertFalse(site.authenticates(fetched));
    assertEquals(Set.of(2), TestKeystore.in(site.folder).open().keySet());
    assertEquals(Set.of(2), site.parts.custody().keys().generations());
    assertFalse(
        Files.readString(site.folder.resolve("revocations")).contains(left.keyIdentifier()));
    assertEquals(Set.of(), site.quarantine.left);
    site.start();
    assertTrue(site.authenticates(fresh));
    assertEquals(DenialReason.BAD_LOGIN, denied(site.login(left)));
  }

  @Test
  public void destroyedAndCutOffBeforeItsKeyIsWipedItIsWipedLater() throws Exception {
    site.generations.retire(1, true, "anna");
    byte[] withBoth = Files.readAllBytes(site.folder.resolve("master.p12"));
    site.generations.destroy(1, true, "anna");
    Files.write(site.folder.resolve("master.p12"), withBoth);
    site.start();
    site.look();
    assertEquals(Set.of(2), TestKeystore.in(site.folder).open().keySet());
    assertEquals(State.DESTROYED, site.store.generations.get(1).state());
  }

  @Test
  public void anOlderKeystoreWithoutTheNewGenerationIsNoticed() throws Exception {
    byte[] withBoth = Files.readAllBytes(site.folder.resolve("master.p12"));
    TestKeystore.in(site.folder).remove(2);
    site.start();
    assertTrue(unavailable(site.login(left)).contains("generation 2 is missing"));
    Files.write(site.folder.resolve("master.p12"), withBoth);
    site.look();
    assertEquals(2, issued(site.login(left)).record().generation());
  }

  private static void assertRefused(String words, org.junit.function.ThrowingRunnable action) {
    RequestRefusedException refused = assertThrows(RequestRefusedException.class, action);
    assertTrue(refused.getMessage(), refused.getMessage().contains(words));
  }

  @Test
  public void theStatusWarnsAsLongAsACompromisedGenerationVerifies() {
    assertFalse(warnsOfCompromised());
    site.generations.rotate(Rotation.COMPROMISED, "anna");
    assertTrue(warnsOfCompromised());
    site.generations.retire(1, false, "anna");
    assertTrue("retired, it verifies still", warnsOfCompromised());
    site.storeIsAway(true);
    site.start();
    assertTrue("the snapshot knows", warnsOfCompromised());
    site.storeIsAway(false);
    site.look();
    site.generations.retire(1, true, "anna");
    assertFalse(warnsOfCompromised());
  }

  private boolean warnsOfCompromised() {
    return new AgentStatus(site.parts)
        .status().stream()
            .filter(line -> line.level() == StatusLine.Level.WARNING)
            .anyMatch(line -> line.words().contains("Generation 1 is compromised"));
  }
}
