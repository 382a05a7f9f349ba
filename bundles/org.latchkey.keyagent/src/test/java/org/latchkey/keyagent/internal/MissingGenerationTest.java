package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.issued;
import static org.latchkey.keyagent.internal.TestSite.unavailable;

import java.nio.file.Files;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.Generation.State;
import org.latchkey.key.Generations.Rotation;
import org.latchkey.key.IssuedKey;

/** The key of one generation is gone: that costs its own phones, and nobody else. */
public class MissingGenerationTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;
  private IssuedKey first;
  private IssuedKey second;

  @Before
  public void aSiteWithTwoGenerations() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    first = site.registered("1001");
    site.generations.rotate(Rotation.ISSUE, "anna");
    second = site.registered("1002");
  }

  @Test
  public void withoutAnOlderOneTheOthersGoOnAndTheStatusNamesIt() throws Exception {
    byte[] both = Files.readAllBytes(site.folder.resolve("master.p12"));
    TestKeystore.in(site.folder).remove(1);
    for (int i = 0; i < 2; i++) {
      site.start();
      assertTrue(site.authenticates(second));
      assertFalse(site.authenticates(first));
      assertEquals(2, issued(site.login(second)).record().generation());
      assertTrue(statusNames("The master key of generation 1 is missing"));
      site.generations.retire(1, false, "anna");
    }
    Files.write(site.folder.resolve("master.p12"), both);
    site.look();
    assertTrue(site.authenticates(first));
    assertFalse(statusNames("is missing"));
  }

  @Test
  public void oneThatWasDestroyedBeforeTheStoreCameBackIsDestroyedAgain() throws Exception {
    TestKeystore.in(site.folder).remove(1);
    site.start();
    site.generations.retire(1, true, "anna");
    site.generations.destroy(1, true, "anna");
    assertEquals(State.DESTROYED, site.store.generations.get(1).state());
    assertFalse(statusNames("is missing"));
    assertTrue(site.authenticates(second));
  }

  @Test
  public void withoutOneThatWasOnlyPreparedAnotherIsMade() throws Exception {
    site.generations.rotate(Rotation.PREPARE, "anna");
    TestKeystore.in(site.folder).remove(3);
    site.start();
    assertTrue(site.authenticates(second));
    assertTrue(statusNames("The master key of generation 3 is missing"));
    assertEquals(4, site.generations.rotate(Rotation.ISSUE, "anna").number());
  }

  @Test
  public void withoutTheOneThatIssuesNothingIsMade() throws Exception {
    TestKeystore.in(site.folder).remove(2);
    site.start();
    assertTrue(unavailable(site.login(first)).contains("generation 2 is missing"));
    assertEquals(2, site.store.generations.size());
  }

  private boolean statusNames(String words) {
    return new AgentStatus(site.parts)
        .status().stream().anyMatch(line -> line.words().contains(words));
  }
}
