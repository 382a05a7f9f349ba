package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.issued;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.backup.Restoration;
import org.latchkey.key.Generation.State;
import org.latchkey.key.Generations.Rotation;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.RequestRefusedException;

/** The master keys leave in a backup and come back on another machine, with or without a store. */
public class KeyBackupTest {

  private static final int SECRETS = 10_000;

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite lost;
  private TestSite fresh;

  @Before
  public void aSiteThatBurnsDownAndANewMachine() throws Exception {
    Path root = temporary.getRoot().toPath().toRealPath();
    lost = TestSite.startedIn(root.resolve("lost"));
    fresh = TestSite.startedIn(root.resolve("fresh"));
  }

  @Test
  public void tenThousandSecretsAreTheSameBeforeAndAfter() throws Exception {
    lost.generations.rotate(Rotation.ISSUE, "anna");
    List<String> before = SecondMachine.secrets(lost, SECRETS);
    restore(backup(lost), Set.of("keys", "store"));
    SecondMachine.takesOver(fresh, lost.store);
    fresh.start();
    assertEquals(before, SecondMachine.secrets(fresh, SECRETS));
    assertEquals(SECRETS, Set.copyOf(before).size());
  }

  @Test
  public void withItsStoreThePhonesFetchAndTheRevokedStayRevoked() throws Exception {
    IssuedKey phone = lost.registered("1001");
    IssuedKey revoked = lost.registered("1002");
    lost.desk.revoke(revoked.keyIdentifier(), "lost", "anna");
    byte[] backup = backup(lost);
    List<String> notes = restore(backup, Set.of("keys", "store"));
    assertTrue(notes.toString(), notes.get(0).contains("revoke and hold again"));
    SecondMachine.takesOver(fresh, lost.store);
    fresh.start();
    assertTrue(fresh.authenticates(phone));
    assertFalse(fresh.authenticates(revoked));
    assertEquals(2, issued(fresh.login(phone)).record().generation());
    assertEquals("1=VERIFY_ONLY 2=ISSUING", fresh.parts.custody().roster().text());
    fresh.start();
    assertEquals("once", 2, fresh.store.generations.size());
    assertFalse(Files.exists(fresh.folder.resolve("restored")));
  }

  @Test
  public void withoutAStoreOldGenerationsVerifyAndANewOneIssues() throws Exception {
    IssuedKey first = lost.registered("1001");
    lost.generations.rotate(Rotation.ISSUE, "anna");
    IssuedKey second = lost.registered("1002");
    IssuedKey revoked = lost.registered("1003");
    lost.desk.revoke(revoked.keyIdentifier(), "lost", "anna");
    List<String> notes = restore(backup(lost), Set.of("keys"));
    assertTrue(notes.toString(), notes.get(0).contains("Revocations are unknown"));
    assertTrue(notes.toString(), notes.get(1).contains("A new generation is made"));
    SecondMachine.takesOver(fresh, new FakeStore(new ArrayList<>()));
    fresh.diary.clear();
    fresh.start();
    assertEquals(State.VERIFY_ONLY, fresh.store.generations.get(1).state());
    assertEquals(State.VERIFY_ONLY, fresh.store.generations.get(2).state());
    assertEquals(State.ISSUING, fresh.store.generations.get(3).state());
    assertTrue(fresh.authenticates(first));
    assertTrue(fresh.authenticates(second));
    assertFalse("known until the backup was made", fresh.authenticates(revoked));
    assertEquals(3, fresh.registered("1004").record().generation());
    fresh.start();
    assertEquals(3, fresh.store.generations.size());
  }

  @Test
  public void theRestoreIsTheFirstRecordAndNothingIsDoneBeforeIt() throws Exception {
    restore(backup(lost), Set.of("keys"));
    SecondMachine.takesOver(fresh, new FakeStore(new ArrayList<>()));
    fresh.neighbours.noAudit(fresh.audit);
    int records = fresh.audit.entries.size();
    fresh.start();
    assertTrue(fresh.keys.unavailable().orElseThrow().contains("audit log"));
    assertEquals(0, fresh.store.generations.size());
    fresh.neighbours.audit(fresh.audit);
    fresh.look();
    assertTrue(fresh.keys.unavailable().isEmpty());
    assertEquals("backup.restored", fresh.audit.entries.get(records).action());
    assertEquals("ben", fresh.audit.entries.get(records).actor());
    assertTrue(fresh.audit.entries.get(records).detail().contains("revocations are unknown"));
    assertEquals("master-key.created", fresh.audit.entries.get(records + 1).action());
  }

  @Test
  public void aStartThatWasCutOffAfterTheNewKeyWasMadeMakesNoOther() throws Exception {
    restore(backup(lost), Set.of("keys"));
    SecondMachine.takesOver(fresh, new FakeStore(new ArrayList<>()));
    fresh.store.readOnly(true);
    fresh.start();
    assertEquals(0, fresh.store.generations.size());
    fresh.store.readOnly(false);
    fresh.start();
    assertEquals(Set.of(1, 2), fresh.store.generations.keySet());
    assertEquals(State.ISSUING, fresh.store.generations.get(2).state());
  }

  @Test
  public void whatWasCompromisedIsCutOffWithoutTheStoreThatKnewItsPhones() throws Exception {
    IssuedKey phone = lost.registered("1001");
    lost.generations.rotate(Rotation.COMPROMISED, "anna");
    restore(backup(lost), Set.of("keys"));
    SecondMachine.takesOver(fresh, new FakeStore(new ArrayList<>()));
    fresh.start();
    assertEquals(State.VERIFY_ONLY, fresh.store.generations.get(1).state());
    assertFalse(fresh.authenticates(phone));
    assertTrue(fresh.store.generations.get(2).verifies());
  }

  @Test
  public void anotherEnterpriseIsRefusedWithTheSettingToMake() throws Exception {
    byte[] backup = backup(lost);
    AgentSettings s = TestSite.SETTINGS;
    fresh.settings(
        new AgentSettings(
            "acme",
            List.of("other"),
            s.domains(),
            s.registrar(),
            s.window(),
            s.wrongTriesPerMinute(),
            s.checkSyncsPerSecond(),
            s.keeping()));
    fresh.start();
    String why =
        assertThrows(RequestRefusedException.class, () -> restore(backup, Set.of("keys")))
            .getMessage();
    assertTrue(why, why.contains("Set enterprise = latchkey there"));
  }

  @Test
  public void aDamagedKeyIsNoKey() throws Exception {
    byte[] backup = backup(lost);
    int key = new String(backup, StandardCharsets.ISO_8859_1).indexOf("\0\0\0 ") + 4;
    for (int at = key; at < key + 32; at++) {
      byte[] bad = backup.clone();
      bad[at] ^= 1;
      assertThrows(IOException.class, () -> KeyArchive.read(new ByteArrayInputStream(bad)));
    }
    KeyArchive.read(new ByteArrayInputStream(backup)).close();
  }

  @Test
  public void keysThatNeverLeaveAreSaidToBeMissingAndAreAskedForWhereTheyAre() throws Exception {
    Path vault = lost.folder.resolveSibling("vault");
    TestSite site = Vault.site(lost.folder.resolveSibling("before"), new Vault(vault));
    IssuedKey phone = site.registered("1001");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<String> notes = new KeyBackup(site.parts).write(out);
    assertTrue(notes.toString(), notes.get(0).contains("never leave 'vault'"));
    fresh.neighbours.custodies().add(new Vault(vault));
    List<String> after = restore(out.toByteArray(), Set.of("keys", "store"));
    assertTrue(after.toString(), after.get(0).contains("they are in 'vault'"));
    SecondMachine.takesOver(fresh, site.store);
    fresh.start();
    assertTrue(fresh.authenticates(phone));
    assertFalse(Files.exists(fresh.folder.resolve("master.p12")));
  }

  @Test
  public void aNodeSaysWhichPhonesItHas() throws Exception {
    assertTrue(new KeyBackup(fresh.parts).present().isEmpty());
    fresh.registered("1001");
    assertTrue(new KeyBackup(fresh.parts).present().orElseThrow().contains("1 phones' keys"));
    fresh.storeIsAway(true);
    assertTrue(new KeyBackup(fresh.parts).present().orElseThrow().contains("nobody knows"));
  }

  @Test
  public void aSealedKeystoreKeepsItsPassphraseAndAnAgentInDoubtBacksNothingUp() throws Exception {
    lost.storeIsAway(true);
    lost.look();
    assertThrows(RequestRefusedException.class, () -> backup(lost));
    lost.storeIsAway(false);
    lost.look();
    String keystore = new String(backup(lost), StandardCharsets.ISO_8859_1);
    String passphrase = Files.readString(lost.folder.resolve("master.pass"));
    assertFalse("a passphrase is made anew", keystore.contains(passphrase));
  }

  private static byte[] backup(TestSite site) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertEquals(List.of(), new KeyBackup(site.parts).write(out));
    return out.toByteArray();
  }

  /** As the bundle's next start does it. */
  private List<String> restore(byte[] backup, Set<String> parts) throws IOException {
    Path staged = fresh.folder.resolve("restore-1").resolve("keys");
    Files.createDirectories(staged);
    List<String> notes =
        new KeyBackup(fresh.parts)
            .stage(
                new ByteArrayInputStream(backup),
                staged,
                new Restoration("ben", "abcd-efgh", lost.now(), parts));
    KeyBackup.files(fresh.folder).takeOver();
    return notes;
  }
}
