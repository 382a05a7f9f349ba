package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.denied;
import static org.latchkey.keyagent.internal.TestSite.issued;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Enrolment;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.key.StoreUnavailableException;

public class RevokingTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;
  private Secret code;
  private IssuedKey key;

  @Before
  public void aPhoneWithItsKey() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    code = site.enrol("1001").code().orElseThrow();
    key = issued(site.fetch(code, null));
    site.diary.clear();
  }

  @Test
  public void evidenceThenStoreThenMemoryThenThePbx() {
    site.desk.revoke(key.keyIdentifier(), "stolen", "anna");
    assertEquals(
        List.of("audit: key.revoked", "store: revoke", "pbx: drop " + key.keyIdentifier()),
        site.diary);
    assertTrue(site.keys.revoked(key.keyIdentifier()));
    PhoneEvent last = site.journal.get(site.journal.size() - 1);
    assertEquals(PhoneEvent.Kind.REVOKED, last.kind());
    assertTrue(last.words().contains("anna"));
  }

  @Test
  public void revokingAgainChangesNothingButDropsAgainWhatThePbxStillHas() {
    site.desk.revoke(key.keyIdentifier(), "stolen", "anna");
    site.diary.clear();
    assertEquals("stolen", revokedAgain());
    assertEquals(List.of("pbx: drop " + key.keyIdentifier()), site.diary);
  }

  private String revokedAgain() {
    return site.desk
        .revoke(key.keyIdentifier(), "again", "otto")
        .keys()
        .get(0)
        .revocation()
        .orElseThrow()
        .reason();
  }

  @Test
  public void aRevokedKeyIsFetchedNoMore() {
    site.desk.revoke(key.keyIdentifier(), "stolen", "anna");
    assertEquals(DenialReason.REVOKED, denied(site.fetch(code, null)));
    assertEquals(DenialReason.REVOKED, denied(site.login(key)));
  }

  @Test
  public void revokedStaysRevokedWhenTheStoreIsStoppedAndTheAgentStartsAnew() {
    site.desk.revoke(key.keyIdentifier(), "stolen", "anna");
    site.storeIsAway(true);
    site.start();
    assertTrue(site.keys.unavailable().isEmpty());
    assertTrue(site.keys.revoked(key.keyIdentifier()));
    String status = new AgentStatus(site.parts).status().get(0).words();
    assertTrue(status, status.contains("revocations are those of 2026-11-25T12:00:00Z"));
    site.storeIsAway(false);
    site.look();
    assertTrue(site.keys.revoked(key.keyIdentifier()));
    issued(site.fetch(site.enrol("1002").code().orElseThrow(), null));
  }

  @Test
  public void withoutStoreAndWithoutASnapshotNothingIsChecked() throws Exception {
    site.desk.revoke(key.keyIdentifier(), "stolen", "anna");
    Path snapshot = site.folder.resolve("revocations");
    byte[] right = Files.readAllBytes(snapshot);
    Files.delete(snapshot);
    site.storeIsAway(true);
    site.start();
    assertTrue(site.keys.unavailable().orElseThrow().contains("there is no snapshot"));
    Files.writeString(
        snapshot,
        new String(right, StandardCharsets.UTF_8).replace(key.keyIdentifier() + "\n", ""));
    Files.setPosixFilePermissions(snapshot, PosixFilePermissions.fromString("rw-------"));
    site.look();
    assertTrue(site.keys.unavailable().orElseThrow().contains("does not verify"));
    Files.write(snapshot, right);
    site.look();
    assertTrue(site.keys.unavailable().isEmpty());
    assertTrue(site.keys.revoked(key.keyIdentifier()));
  }

  @Test
  public void aSnapshotThatDoesNotVerifyIsWrittenAnewFromTheStore() throws Exception {
    site.desk.revoke(key.keyIdentifier(), "stolen", "anna");
    Path snapshot = site.folder.resolve("revocations");
    String right = Files.readString(snapshot);
    Files.writeString(snapshot, right.replace(key.keyIdentifier() + "\n", ""));
    site.start();
    assertTrue(site.keys.revoked(key.keyIdentifier()));
    assertEquals(right, Files.readString(snapshot));
    assertTrue(site.parts.custody().standing().note().orElseThrow().contains("does not verify"));
  }

  @Test
  public void anOlderStoreDoesNotUndoIt() {
    site.desk.revoke(key.keyIdentifier(), "stolen", "anna");
    site.store.revoked.clear();
    site.start();
    assertTrue(site.keys.revoked(key.keyIdentifier()));
    assertTrue(site.parts.custody().standing().note().orElseThrow().contains("stay revoked"));
  }

  @Test
  public void aSnapshotThatCannotBeWrittenIsRemovedRatherThanLeftForgetful() throws Exception {
    Path snapshot = site.folder.resolve("revocations");
    Files.delete(snapshot);
    Files.createDirectory(snapshot);
    Files.createFile(snapshot.resolve("in the way"));
    site.desk.revoke(key.keyIdentifier(), "stolen", "anna");
    assertTrue(site.keys.revoked(key.keyIdentifier()));
    assertTrue(new AgentStatus(site.parts).status().get(0).words().contains("can't be written"));
    Files.delete(snapshot.resolve("in the way"));
    Files.delete(snapshot);
    site.look();
    assertTrue(Files.readString(snapshot).contains(key.keyIdentifier()));
    assertTrue(site.parts.revocations().fault().isEmpty());
  }

  @Test
  public void withoutEvidenceOrStoreNothingIsRevoked() {
    site.audit.broken(true);
    String said =
        assertThrows(
                RequestRefusedException.class,
                () -> site.desk.revoke(key.keyIdentifier(), "stolen", "anna"))
            .getMessage();
    assertTrue(said, said.startsWith("Nothing was changed"));
    site.audit.broken(false);
    site.store.readOnly(true);
    assertThrows(
        StoreUnavailableException.class,
        () -> site.desk.revoke(key.keyIdentifier(), "stolen", "anna"));
    assertFalse(site.keys.revoked(key.keyIdentifier()));
    site.storeIsAway(true);
    assertThrows(
        StoreUnavailableException.class,
        () -> site.desk.revoke(key.keyIdentifier(), "stolen", "anna"));
  }

  @Test
  public void theOldLoginFetchesTheKeyOfTheNewExtension() {
    Enrolment successor = site.desk.assign(key.keyIdentifier(), "1002", "anna");
    assertTrue(site.keys.revoked(key.keyIdentifier()));
    site.pass(Duration.ofDays(40));
    IssuedKey next = issued(site.login(key));
    assertEquals("1002@localhost", next.record().aor().toString());
    assertEquals(successor.id(), next.record().enrolment());
    assertNotEquals(key.keyIdentifier(), next.keyIdentifier());
    assertEquals(next.keyIdentifier(), issued(site.login(key)).keyIdentifier());
    assertEquals(next.keyIdentifier(), issued(site.login(next)).keyIdentifier());
    site.desk.assign(next.keyIdentifier(), "1003", "anna");
    assertEquals("1003", issued(site.login(key)).record().aor().user());
    site.desk.revoke(issued(site.login(key)).keyIdentifier(), "gone", "anna");
    assertEquals(DenialReason.REVOKED, denied(site.login(key)));
  }

  @Test
  public void aPhoneInQuarantineDoesNotGetOutByAnotherExtension() {
    site.quarantine.waiting.add(key.keyIdentifier());
    site.desk.assign(key.keyIdentifier(), "1002", "anna");
    IssuedKey next = issued(site.login(key));
    assertTrue(site.quarantine.waiting.contains(next.keyIdentifier()));
    site.neighbours.noQuarantine(site.quarantine);
    assertRefused("quarantine is away", next.keyIdentifier(), "1003");
  }

  @Test
  public void whatCannotBeAssignedIsSaid() {
    assertRefused("has 1001@localhost already", key.keyIdentifier(), "1001");
    assertRefused("not issued for the domain", key.keyIdentifier(), "1002@elsewhere.net");
    assertRefused("There is no key", "k0", "1002");
    site.desk.revoke(key.keyIdentifier(), "stolen", "anna");
    assertRefused("enrol the phone anew", key.keyIdentifier(), "1002");
  }

  private void assertRefused(String sentence, String keyIdentifier, String aor) {
    String said =
        assertThrows(
                RequestRefusedException.class, () -> site.desk.assign(keyIdentifier, aor, "anna"))
            .getMessage();
    assertTrue(said, said.contains(sentence));
  }
}
