package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.issued;
import static org.latchkey.keyagent.internal.TestSite.unavailable;

import java.nio.file.Files;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.Generation.State;
import org.latchkey.key.Generations.Rotation;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.RequestRefusedException;

/** The store is lost or an older one comes back: keystore and signed snapshot know better. */
public class LostStoreTest {

  private static final String DEVICE = "805ec0000001";

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;
  private IssuedKey first;

  @Before
  public void aSiteWithAPhone() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    first = site.registered("1001");
  }

  @Test
  public void whatWasCutOffStaysSoWithAnEmptyStore() {
    site.generations.rotate(Rotation.ISSUE, "anna");
    IssuedKey second = site.registered("1002");
    site.generations.retire(1, true, "anna");
    SecondMachine.losesItsStore(site);
    site.start();
    assertFalse(site.authenticates(first));
    assertTrue(site.store.generations.get(1).cutOff());
    assertTrue(site.authenticates(second));
  }

  @Test
  public void whatWasCutOffStaysSoWithAnOlderStore() {
    site.generations.rotate(Rotation.ISSUE, "anna");
    FakeStore older = SecondMachine.copyOf(site.store);
    site.generations.retire(1, true, "anna");
    SecondMachine.takesOver(site, older);
    site.start();
    assertFalse(site.authenticates(first));
    site.start();
    assertFalse("for good", site.authenticates(first));
  }

  @Test
  public void whatWasCutOffStaysSoWhileTheAuditLogIsAway() {
    site.generations.rotate(Rotation.ISSUE, "anna");
    IssuedKey second = site.registered("1002");
    site.generations.retire(1, true, "anna");
    SecondMachine.losesItsStore(site);
    site.audit.broken(true);
    site.start();
    assertFalse(site.authenticates(first));
    assertTrue(site.authenticates(second));
    site.audit.broken(false);
    site.look();
    assertFalse(site.authenticates(first));
  }

  @Test
  public void whatWasCompromisedStaysSoAndIsCutOffSinceNobodyKnowsWhoIsHeld() {
    FakeStore older = SecondMachine.copyOf(site.store);
    site.generations.rotate(Rotation.COMPROMISED, "anna");
    SecondMachine.takesOver(site, older);
    site.start();
    assertTrue(site.store.generations.get(1).compromised());
    assertFalse("not held in this store", site.authenticates(first));
    SecondMachine.losesItsStore(site);
    site.start();
    assertTrue(site.store.generations.get(1).compromised());
    assertFalse(site.authenticates(first));
  }

  @Test
  public void phonesOfAGenerationThatAnOlderStoreDoesNotKnowGoOnRegistering() {
    FakeStore older = SecondMachine.copyOf(site.store);
    site.generations.rotate(Rotation.ISSUE, "anna");
    IssuedKey second = site.registered("1002");
    SecondMachine.takesOver(site, older);
    site.start();
    assertTrue(site.authenticates(second));
    assertTrue(site.authenticates(first));
    assertTrue(
        "which keys are out is not known", unavailable(site.login(first)).contains("rotate"));
    assertEquals(3, site.generations.rotate(Rotation.ISSUE, "anna").number());
    assertEquals(3, issued(site.login(first)).record().generation());
    assertTrue(site.authenticates(second));
  }

  @Test
  public void withoutASnapshotTooPhonesOfAnUnknownGenerationGoOnRegistering() throws Exception {
    FakeStore older = SecondMachine.copyOf(site.store);
    site.generations.rotate(Rotation.ISSUE, "anna");
    IssuedKey second = site.registered("1002");
    SecondMachine.takesOver(site, older);
    Files.delete(site.folder.resolve("revocations"));
    site.start();
    assertTrue(site.authenticates(second));
    assertTrue(site.authenticates(first));
  }

  @Test
  public void aDestroyedGenerationStaysDestroyedAndItsNumberIsNeverUsedAgain() throws Exception {
    FakeStore older = SecondMachine.copyOf(site.store);
    site.generations.rotate(Rotation.ISSUE, "anna");
    site.generations.retire(1, true, "anna");
    site.generations.destroy(1, true, "anna");
    SecondMachine.takesOver(site, older);
    site.start();
    assertEquals(State.DESTROYED, site.store.generations.get(1).state());
    assertEquals("1=DESTROYED,cut-off 2=VERIFY_ONLY", site.parts.custody().roster().text());
    SecondMachine.losesItsStore(site);
    site.start();
    assertEquals(State.DESTROYED, site.store.generations.get(1).state());
  }

  @Test
  public void aStoreThatWasLostIssuesNoIdentifierASecondTime() {
    IssuedKey out = deskPhone();
    SecondMachine.losesItsStore(site);
    site.start();
    assertTrue(site.authenticates(out));
    String why = assertThrows(RequestRefusedException.class, () -> site.enrol("1007")).getMessage();
    assertTrue(why, why.contains("latchkey:rotate"));
    site.generations.rotate(Rotation.ISSUE, "anna");
    assertNotEquals(out.keyIdentifier(), deskPhone().keyIdentifier());
  }

  private IssuedKey deskPhone() {
    return issued(
        site.fetch(site.enrol("1007", DEVICE, CodeKind.URL).code().orElseThrow(), DEVICE));
  }
}
