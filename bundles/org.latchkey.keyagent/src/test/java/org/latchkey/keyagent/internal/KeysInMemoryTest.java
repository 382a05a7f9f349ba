package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.issued;
import static org.latchkey.keyagent.internal.TestSite.unavailable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.Generation;
import org.latchkey.key.Generations;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyPurpose;
import org.latchkey.key.Secret;

/** What is in memory goes on checking, and only for those it is meant for. */
public class KeysInMemoryTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;
  private Path keystore;

  @Before
  public void aSite() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    keystore = site.folder.resolve("master.p12");
  }

  @Test
  public void takenAwayWhileRunningItChecksFromMemoryAndIssuesNothing() throws Exception {
    Secret code = site.enrol("1001").code().orElseThrow();
    issued(site.fetch(code, null));
    long revision = site.keys.revision();
    Files.move(keystore, temporary.getRoot().toPath().resolve("p12"));
    site.look();
    assertTrue(site.keys.unavailable().isEmpty());
    assertTrue(subkey(1).isPresent());
    assertTrue(unavailable(site.fetch(code, null)).contains(keystore.toString()));
    String status = new AgentStatus(site.parts).status().get(0).words();
    assertTrue(status, status.contains(keystore.toString()));
    TestKeystore.in(site.folder).create(1);
    site.look();
    assertTrue(unavailable(site.fetch(code, null)).contains("foreign"));
    assertTrue(subkey(1).isPresent());
    assertEquals("subkeys lent are still good", revision, site.keys.revision());
  }

  @Test
  public void aGenerationThatTheStoreDidNotKnowIssuesNothing() throws Exception {
    IssuedKey old = issued(site.fetch(site.enrol("1001").code().orElseThrow(), null));
    TestKeystore.addGeneration(site.folder, 1023);
    site.look();
    IssuedKey fresh = issued(site.fetch(site.enrol("1001").code().orElseThrow(), null));
    assertEquals(1, fresh.record().generation());
    assertTrue(subkey(1).isPresent());
    assertTrue("phones may have its keys", subkey(1023).isPresent());
    assertTrue(subkey(2).isEmpty());
    assertEquals(old.keyIdentifier(), issued(site.login(old)).keyIdentifier());
    assertEquals(Generation.State.DISTRIBUTED, site.store.generations.get(1023).state());
  }

  @Test
  public void generationsOfALostStoreCheckAndNoneIssuesUntilARotation() throws Exception {
    IssuedKey old = issued(site.fetch(site.enrol("1001").code().orElseThrow(), null));
    TestKeystore.addGeneration(site.folder, 3);
    site.store.generations.clear();
    site.start();
    assertTrue(subkey(1).isPresent());
    assertTrue(subkey(3).isPresent());
    assertTrue(unavailable(site.login(old)).contains("latchkey:rotate"));
    String status = new AgentStatus(site.parts).status().get(0).words();
    assertTrue(status, status.contains("no generation issues"));
    assertEquals(4, site.generations.rotate(Generations.Rotation.ISSUE, "anna").number());
    assertEquals(4, issued(site.login(old)).record().generation());
  }

  @Test
  public void subkeysAreLentOnlyForWhatIsServed() {
    assertTrue(subkey(1).isPresent());
    assertTrue(site.keys.subkey(1, KeyPurpose.TAG, "second", "example.org").isPresent());
    assertTrue(site.keys.subkey(1, KeyPurpose.TAG, "other", "localhost").isEmpty());
    assertTrue(site.keys.subkey(1, KeyPurpose.TAG, "latchkey", "example.com").isEmpty());
    long revision = site.keys.revision();
    site.parts.custody().close();
    assertTrue(subkey(1).isEmpty());
    assertNotEquals(revision, site.keys.revision());
  }

  private Optional<byte[]> subkey(int generation) {
    return site.keys.subkey(generation, KeyPurpose.REGISTRATION, "latchkey", "localhost");
  }
}
