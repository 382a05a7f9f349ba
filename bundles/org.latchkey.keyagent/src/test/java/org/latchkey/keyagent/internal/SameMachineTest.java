package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.issued;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.backup.BackupPart.Stillness;
import org.latchkey.backup.Restoration;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.Generation;
import org.latchkey.key.Generation.State;
import org.latchkey.key.Generations.Rotation;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.RequestRefusedException;

/** A site restores a backup over itself: what it knows of the same keys is not forgotten. */
public class SameMachineTest {

  private static final String DEVICE = "805ec0000001";

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;
  private IssuedKey phone;
  private FakeStore atBackup;
  private byte[] backup;

  @Before
  public void aSiteWithABackup() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    phone = site.registered("1001");
    atBackup = SecondMachine.copyOf(site.store);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new KeyBackup(site.parts).write(out);
    backup = out.toByteArray();
  }

  @Test
  public void whatWasRevokedSinceStaysRevoked() throws Exception {
    site.desk.revoke(phone.keyIdentifier(), "stolen", "anna");
    IssuedKey other = site.registered("1002");
    restored();
    assertFalse(site.authenticates(phone));
    assertTrue("issued since", site.authenticates(other));
    site.desk.revoke(other.keyIdentifier(), "lost", "anna");
    assertFalse(site.authenticates(other));
  }

  @Test
  public void noIdentifierThatMayBeOutIsIssuedAgain() throws Exception {
    IssuedKey since = deskPhone();
    restored();
    assertEquals("1=VERIFY_ONLY 2=ISSUING", site.parts.custody().roster().text());
    assertNotEquals(since.keyIdentifier(), deskPhone().keyIdentifier());
    assertTrue(site.authenticates(since));
  }

  @Test
  public void whatWasCutOffOrDestroyedSinceStaysSoAndNoNumberIsUsedAgain() throws Exception {
    site.generations.rotate(Rotation.ISSUE, "anna");
    site.generations.retire(1, true, "anna");
    restored();
    assertFalse(site.authenticates(phone));
    assertEquals(
        "1=VERIFY_ONLY,cut-off 2=DESTROYED 3=ISSUING", site.parts.custody().roster().text());
    site.generations.retire(1, true, "anna");
    site.generations.destroy(1, true, "anna");
    restored();
    assertEquals(State.DESTROYED, site.store.generations.get(1).state());
    site.look();
    assertFalse(TestKeystore.in(site.folder).open().containsKey(1));
    assertEquals(4, site.parts.custody().issuingGeneration());
  }

  @Test
  public void whileABackupIsMadeNoGenerationChanges() {
    try (Stillness still = new KeyBackup(site.parts).still()) {
      String why =
          assertThrows(
                  RequestRefusedException.class,
                  () -> site.generations.rotate(Rotation.ISSUE, "anna"))
              .getMessage();
      assertTrue(why, why.contains("backed up at this moment"));
      assertTrue(still != null);
    }
    assertEquals(2, site.generations.rotate(Rotation.ISSUE, "anna").number());
  }

  @Test
  public void aStoreThatKnowsMoreGenerationsThanThereAreKeysIsNamedBeforeAndComesUp()
      throws Exception {
    site.generations.rotate(Rotation.ISSUE, "anna");
    atBackup = SecondMachine.copyOf(site.store);
    List<Generation> known = List.copyOf(atBackup.generations.values());
    Path staged = staged();
    List<String> notes = new KeyBackup(site.parts).compare(staged, known);
    assertTrue(
        notes.toString(), notes.get(0).contains("The master key of generation 2 is neither"));
    takenOver();
    assertTrue(site.authenticates(phone));
    assertEquals(3, issued(site.login(phone)).record().generation());
  }

  @Test
  public void aStoreOfOtherKeysIsRefused() throws Exception {
    Path staged = staged();
    List<Generation> foreign =
        List.of(Generation.created(1, "c0ffee", site.now(), "latchkey").found(State.ISSUING));
    String why =
        assertThrows(
                RequestRefusedException.class,
                () -> new KeyBackup(site.parts).compare(staged, foreign))
            .getMessage();
    assertTrue(why, why.contains("Take all files from one backup"));
  }

  private IssuedKey deskPhone() {
    return issued(
        site.fetch(site.enrol("1007", DEVICE, CodeKind.URL).code().orElseThrow(), DEVICE));
  }

  private Path staged() throws Exception {
    Path staged = site.folder.resolve("restore-1").resolve("keys");
    Files.createDirectories(staged);
    new KeyBackup(site.parts)
        .stage(
            new ByteArrayInputStream(backup),
            staged,
            new Restoration("ben", "abcd-efgh", site.now(), Set.of("keys", "store")));
    return staged;
  }

  private void restored() throws Exception {
    staged();
    takenOver();
  }

  private void takenOver() throws Exception {
    KeyBackup.files(site.folder).takeOver();
    SecondMachine.takesOver(site, atBackup);
    site.start();
  }
}
