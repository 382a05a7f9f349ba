package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.Generation.State;
import org.latchkey.key.Generations.Rotation;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.RequestRefusedException;

/** A generation is wiped for good: not while somebody calls with it, and not in words only. */
public class DestructionTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;
  private IssuedKey phone;

  @Before
  public void aPhoneOfTheFirstGenerationAndASecondOne() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    phone = site.registered("1001");
    site.generations.rotate(Rotation.ISSUE, "anna");
  }

  @Test
  public void aPhoneThatOnlyThePbxKnowsIsLeftToo() {
    SecondMachine.losesItsStore(site);
    site.start();
    site.generations.rotate(Rotation.ISSUE, "anna");
    site.generations.retire(1, false, "anna");
    assertEquals("held", Set.of(phone.keyIdentifier()), site.quarantine.left);
    assertRefused(
        "phones left on generation 1: 1", () -> site.generations.destroy(1, false, "anna"));
    assertTrue(site.authenticates(phone));
    site.generations.destroy(1, true, "anna");
    assertFalse(site.authenticates(phone));
    assertTrue(site.diary.contains("pbx: drop " + phone.keyIdentifier()));
    assertEquals("no longer held", Set.of(), site.quarantine.left);
  }

  @Test
  public void aPbxThatDoesNotAnswerMayHavePhonesOfIt() {
    site.desk.revoke(phone.keyIdentifier(), "gone", "anna");
    site.generations.retire(1, false, "anna");
    FakePbx other =
        new FakePbx("latchkey", site.diary) {
          @Override
          public java.util.List<org.latchkey.pbx.Registration> registrations() {
            throw new IllegalStateException("no answer");
          }
        };
    site.pbx.live.clear();
    site.neighbours.pbxs().add(other);
    assertRefused("The PBX test does not say", () -> site.generations.destroy(1, false, "anna"));
    site.generations.destroy(1, true, "anna");
    assertEquals(State.DESTROYED, site.store.generations.get(1).state());
  }

  @Test
  public void aKeyThatCannotBeRemovedIsSaidToBeThereAndRemovedWhenTypedAgain() throws Exception {
    Vault vault = inVault();
    vault.stuck = true;
    assertRefused("its key is still in the vault", () -> site.generations.destroy(1, true, "anna"));
    assertEquals(State.DESTROYED, site.store.generations.get(1).state());
    assertTrue(statusSaysStillThere());
    assertRefused("the lid is stuck", () -> site.generations.destroy(1, true, "anna"));
    vault.stuck = false;
    site.generations.destroy(1, false, "anna");
    assertEquals(Set.of(2), vault.open().keySet());
    assertFalse(statusSaysStillThere());
    assertRefused("destroyed already", () -> site.generations.destroy(1, true, "anna"));
  }

  @Test
  public void aKeyThatCannotBeRemovedIsRemovedAtTheNextStart() throws Exception {
    Vault vault = inVault();
    vault.stuck = true;
    assertRefused("its key is still in the vault", () -> site.generations.destroy(1, true, "anna"));
    vault.stuck = false;
    site.start();
    assertEquals(Set.of(2), vault.open().keySet());
    assertFalse(statusSaysStillThere());
  }

  /** A site whose first generation is retired, its keys in a place of its own. */
  private Vault inVault() {
    Vault vault = new Vault(site.folder.resolveSibling("vault"));
    site = Vault.site(site.folder.resolveSibling("other"), vault);
    site.generations.rotate(Rotation.ISSUE, "anna");
    site.generations.retire(1, true, "anna");
    return vault;
  }

  private boolean statusSaysStillThere() {
    return new AgentStatus(site.parts)
        .status().stream()
            .anyMatch(line -> line.words().contains("Generation 1 is destroyed, and its key"));
  }

  private static void assertRefused(String words, org.junit.function.ThrowingRunnable action) {
    RequestRefusedException refused = assertThrows(RequestRefusedException.class, action);
    assertTrue(refused.getMessage(), refused.getMessage().contains(words));
  }
}
