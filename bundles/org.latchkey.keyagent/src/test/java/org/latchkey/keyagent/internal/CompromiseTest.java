package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.issued;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.audit.AuditEntry;
import org.latchkey.key.Generations.Rotation;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.Secret;

/** Somebody has the subkeys of a registrar: what he may have issues no more. */
public class CompromiseTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;

  @Before
  public void aSite() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
  }

  @Test
  public void aGenerationThatWasDistributedBeforeTheTheftIsNeverIssuedWith() {
    IssuedKey phone = site.registered("1001");
    site.generations.rotate(Rotation.PREPARE, "anna");
    assertEquals(3, site.generations.rotate(Rotation.COMPROMISED, "anna").number());
    assertTrue(site.store.generations.get(2).compromised());
    assertFalse("nobody has a key of it", site.parts.custody().roster().verifies(2));
    assertEquals(3, issued(site.login(phone)).record().generation());
    assertEquals("it is over", 4, site.generations.rotate(Rotation.ISSUE, "anna").number());
    assertEquals(
        "1=VERIFY_ONLY,compromised 2=DISTRIBUTED,cut-off,compromised 3=VERIFY_ONLY 4=ISSUING",
        site.parts.custody().roster().text());
    site.generations.retire(2, false, "anna");
    assertEquals(
        "1=VERIFY_ONLY,compromised 2=RETIRED,cut-off,compromised 3=VERIFY_ONLY 4=ISSUING",
        site.parts.custody().roster().text());
    site.generations.destroy(2, false, "anna");
    assertFalse(site.parts.custody().generations().contains(2));
    assertEquals(4, issued(site.login(phone)).record().generation());
  }

  @Test
  public void aKeyThatIsMadeInTheMomentOfTheRotationRegisters() throws Exception {
    Secret code = site.enrol("1001").code().orElseThrow();
    CountDownLatch issuing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    site.neighbours.audit(
        new FakeAudit(site.diary) {
          @Override
          public void append(AuditEntry entry) {
            super.append(entry);
            if (entry.action().equals("key.issued")) {
              issuing.countDown();
              await(goOn);
            }
          }
        });
    CompletableFuture<IssuedKey> fetched =
        CompletableFuture.supplyAsync(() -> issued(site.fetch(code, null)));
    await(issuing);
    site.neighbours.audit(site.audit);
    CompletableFuture<Void> rotated =
        CompletableFuture.runAsync(() -> site.generations.rotate(Rotation.COMPROMISED, "anna"));
    CompletableFuture.anyOf(rotated, waits(rotated)).get(10, TimeUnit.SECONDS);
    goOn.countDown();
    rotated.get(10, TimeUnit.SECONDS);
    IssuedKey key = fetched.get(10, TimeUnit.SECONDS);
    assertEquals(1, key.record().generation());
    assertTrue("it was issued", site.authenticates(key));
    assertTrue("held like the others", site.quarantine.left.contains(key.keyIdentifier()));
  }

  /** Ends when a rotation waits for what is being issued; it may also end first. */
  private CompletableFuture<Void> waits(CompletableFuture<Void> rotated) {
    return CompletableFuture.runAsync(
        () -> {
          while (!rotated.isDone() && !site.audit.actions().contains("generation.compromised")) {
            Thread.onSpinWait();
          }
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
