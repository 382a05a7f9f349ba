package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.issued;
import static org.latchkey.keyagent.internal.TestSite.text;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.Test;
import org.latchkey.audit.AuditEntry;
import org.latchkey.key.Aor;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Generations.Rotation;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.LegacyExports.Exported;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.status.StatusLine;

/** A site takes its phones to a PBX that goes on without Latchkey. */
public class LegacyDeskTest extends LeavingSite {

  @Test
  public void eachPhonesNameAndSecretAreInTheFile() throws Exception {
    assertEquals(new Exported(2, 2, 0, List.of(), List.of()), export());
    for (IssuedKey key : List.of(anna, ben)) {
      String line =
          "%s,localhost,%s,latchkey,%s,"
              .formatted(key.record().aor().user(), key.keyIdentifier(), text(key.secret()));
      assertTrue(written().contains(line));
    }
    assertEquals(3, written().lines().count());
  }

  @Test
  public void itIsForItsOwnerOnly() throws Exception {
    export();
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  public void theAuditLogKnowsWhoHasThemBeforeTheFileIsThere() {
    export();
    AuditEntry entry = site.audit.entries.get(0);
    assertEquals(List.of("legacy.exported"), site.audit.actions());
    assertEquals("anna", entry.actor());
    assertTrue(
        entry.detail(), entry.detail().contains("2 keys") && entry.detail().endsWith("" + file));
    assertFalse(entry.toString().contains(text(anna.secret())));
  }

  @Test
  public void withoutEvidenceThereIsNoFile() {
    site.audit.broken(true);
    assertTrue(refused().contains("audit log"));
  }

  @Test
  public void aRevokedKeyIsNotInIt() throws Exception {
    site.desk.revoke(anna.keyIdentifier(), "stolen", "anna");
    assertEquals(new Exported(1, 1, 0, List.of(), List.of()), export());
    assertFalse(written().contains(anna.keyIdentifier()));
  }

  @Test
  public void aRevocationCountsThatTheStoreHasLost() throws Exception {
    site.parts.revocations().add(site.parts.custody().keys(), List.of(anna.keyIdentifier()));
    export();
    assertFalse(written().contains(anna.keyIdentifier()));
  }

  @Test
  public void aKeyIsLeftBehindOnceItsPhoneHasRegisteredWithTheNext() throws Exception {
    site.generations.rotate(Rotation.ISSUE, "anna");
    IssuedKey next = issued(site.login(anna));
    export();
    assertTrue("the answer may be lost", written().contains(anna.keyIdentifier()));
    Files.delete(file);
    site.use(next);
    export();
    assertFalse(written().contains(anna.keyIdentifier()));
    assertTrue(written().contains(text(next.secret())));
  }

  @Test
  public void theKeysOfAGenerationThatIsCutOffAreNotInIt() throws Exception {
    site.generations.rotate(Rotation.ISSUE, "anna");
    IssuedKey next = site.registered("1003");
    site.generations.retire(1, true, "anna");
    export();
    assertTrue(written().contains(next.keyIdentifier()));
    assertFalse(written().contains(anna.keyIdentifier()));
  }

  @Test
  public void nothingThatIsThereIsOverwrittenNorALinkFollowed() throws Exception {
    Files.writeString(file, "mine");
    assertThrows(RequestRefusedException.class, this::export);
    assertEquals("mine", written());
    Path elsewhere = site.folder.resolveSibling("elsewhere");
    Files.delete(file);
    Files.createSymbolicLink(file, elsewhere);
    assertThrows(RequestRefusedException.class, this::export);
    assertFalse(Files.exists(elsewhere));
    assertEquals(List.of(), site.audit.actions());
  }

  @Test
  public void aFolderThatIsNotThereIsNamed() {
    file = site.folder.resolveSibling("nowhere").resolve("phones.csv");
    assertTrue(refused().contains("there is no directory"));
  }

  @Test
  public void withoutTheStoreThereIsNoFile() {
    site.storeIsAway(true);
    assertTrue(refused().contains("store"));
  }

  @Test
  public void whileTheMasterKeyIsAwayThereIsNoFile() throws Exception {
    Files.move(site.folder.resolve("master.p12"), site.folder.resolve("elsewhere"));
    assertTrue(refused().contains("master.p12"));
    assertEquals(List.of(), site.audit.actions());
  }

  @Test
  public void aFileThatCanNotBeMadeIsInTheAuditLogAsNotWritten() {
    file = site.folder.resolveSibling("x".repeat(300));
    assertTrue(refused().contains("can't be written"));
    assertEquals(List.of("legacy.exported", "legacy.not-exported"), site.audit.actions());
  }

  @Test
  public void whenOneSecretCanNotBeDerivedNoPartOfTheFileIsLeft() {
    Enrolment enrolment = site.enrol("9999").enrolment();
    KeyRecord broken = named("no-key-identifier", new Aor("9999", "localhost"), enrolment.id());
    assertTrue(site.store.issue(broken, enrolment.issued(broken.keyIdentifier())));
    assertThrows(NoSuchElementException.class, this::export);
    assertFalse(Files.exists(file));
  }

  private KeyRecord named(String identifier, Aor aor, String enrolment) {
    KeyRecord like = ben.record();
    return new KeyRecord(
        identifier,
        like.generation(),
        aor,
        like.realm(),
        like.device(),
        like.line(),
        like.least(),
        like.profile(),
        like.displayName(),
        enrolment,
        like.issueCounter(),
        like.issuedAt(),
        like.registeredAt(),
        like.revocation());
  }

  @Test
  public void statusWarnsAsLongAsTheFileIsThere() throws Exception {
    assertEquals(List.of(), desk.status());
    export();
    StatusLine line = desk.status().get(0);
    assertEquals(StatusLine.Level.WARNING, line.level());
    assertTrue(line.words(), line.words().contains(file.toString()));
    assertEquals("after a restart", 1, new LegacyDesk(site.parts, site.folder).status().size());
    Files.delete(file);
    assertEquals(List.of(), desk.status());
  }
}
