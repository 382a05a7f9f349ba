package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.Generations.Rotation;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.RequestRefusedException;

/** A key that was issued after the store was backed up: nobody knows it, and it can be ended. */
public class UnknownKeyTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;
  private IssuedKey key;

  @Before
  public void aPhoneWhoseRecordIsLost() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    FakeStore older = SecondMachine.copyOf(site.store);
    key = site.registered("1001");
    SecondMachine.takesOver(site, older);
    site.start();
    site.diary.clear();
  }

  @Test
  public void itIsRevokedByItsIdentifierEverywhereAndForGood() {
    assertTrue(site.authenticates(key));
    site.desk.revoke(key.keyIdentifier(), "stolen", "anna");
    assertEquals(
        java.util.List.of(
            "audit: key.revoked", "store: revoke", "pbx: drop " + key.keyIdentifier()),
        site.diary);
    assertFalse(site.authenticates(key));
    site.start();
    assertFalse(site.authenticates(key));
    site.storeIsAway(true);
    site.start();
    assertFalse("in the snapshot too", site.authenticates(key));
  }

  @Test
  public void revokingItAgainDropsWhatThePbxStillHas() {
    site.desk.revoke(key.keyIdentifier(), "stolen", "anna");
    site.diary.clear();
    site.desk.revoke(key.keyIdentifier(), "again", "anna");
    assertTrue(site.diary.contains("pbx: drop " + key.keyIdentifier()));
  }

  @Test
  public void itsRevocationIsForgottenWithItsGeneration() {
    site.desk.revoke(key.keyIdentifier(), "stolen", "anna");
    site.pbx.live.clear();
    site.generations.rotate(Rotation.ISSUE, "anna");
    site.generations.retire(1, true, "anna");
    site.generations.destroy(1, false, "anna");
    assertFalse(site.keys.revoked(key.keyIdentifier()));
    assertFalse(site.authenticates(key));
  }

  @Test
  public void anInventedIdentifierIsRefusedAndLeavesNothing() {
    String invented = key.keyIdentifier().substring(0, 31) + otherEnd();
    String why =
        assertThrows(
                RequestRefusedException.class, () -> site.desk.revoke(invented, "stolen", "anna"))
            .getMessage();
    assertTrue(why, why.contains("There is no key " + invented));
    assertThrows(RequestRefusedException.class, () -> site.desk.revoke("1001", "stolen", "anna"));
    assertEquals(java.util.List.of(), site.diary);
  }

  private char otherEnd() {
    return key.keyIdentifier().endsWith("a") ? 'b' : 'a';
  }
}
