package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import org.junit.Test;
import org.latchkey.admission.Hold;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.LegacyExports.Exported;
import org.latchkey.pbx.Registration;

/**
 * Which phones are not in the file for a PBX that goes on without Latchkey, and who hears of it.
 */
public class LegacyLeftOutTest extends LeavingSite {

  @Test
  public void whoIsHeldOrWaitsForApprovalIsNotInItAndCounted() throws Exception {
    holds.all.add(hold(anna, Hold.Kind.HELD));
    assertEquals(new Exported(1, 1, 1, List.of(), List.of()), export());
    assertFalse(written().contains(anna.keyIdentifier()));
    Files.delete(file);
    holds.all.add(hold(ben, Hold.Kind.AWAITS_APPROVAL));
    assertTrue(refused().contains("no phone"));
  }

  private static Hold hold(IssuedKey key, Hold.Kind kind) {
    return new Hold(key.keyIdentifier(), kind, "noise", "anna", Instant.EPOCH);
  }

  @Test
  public void theStoreSaysWhoIsHeldWhateverMemoryKnowsYet() throws Exception {
    holds.all.add(hold(anna, Hold.Kind.HELD));
    site.neighbours.noQuarantine(site.quarantine);
    assertEquals(1, export().held());
    assertFalse(written().contains(anna.keyIdentifier()));
  }

  @Test
  public void aPhoneThatComesWhileHoldsAreReadIsNotInIt() throws Exception {
    desk.bindHolds(
        new FakeHolds() {
          @Override
          public List<Hold> holds() {
            site.registered("1003");
            return all;
          }
        });
    assertEquals(2, export().keys());
    assertFalse(written().contains("1003"));
  }

  @Test
  public void whileNobodyKnowsWhoIsHeldThereIsNoFile() {
    desk.unbindHolds(holds);
    assertTrue(refused().contains("what is held"));
  }

  @Test
  public void phonesWithoutARecordAreCountedAndNamed() throws Exception {
    IssuedKey lost = site.registered("1003");
    IssuedKey revoked = site.registered("1004");
    site.desk.revoke(revoked.keyIdentifier(), "stolen", "anna");
    site.store.keys.remove(lost.keyIdentifier());
    site.store.keys.remove(revoked.keyIdentifier());
    assertEquals(List.of("1003@localhost " + lost.keyIdentifier()), export().withoutRecord());
    assertFalse(written().contains(lost.keyIdentifier()));
    assertTrue(site.audit.entries.toString().contains("0 held and 1 without a record left out"));
  }

  @Test
  public void aPbxThatDoesNotAnswerIsNamed() {
    site.neighbours
        .pbxs()
        .add(
            new FakePbx("latchkey", site.diary) {
              @Override
              public List<Registration> registrations() {
                throw new IllegalStateException("away");
              }
            });
    assertEquals(List.of("test"), export().silent());
  }
}
