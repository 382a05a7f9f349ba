package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.issued;
import static org.latchkey.keyagent.internal.TestSite.text;
import static org.latchkey.keyagent.internal.TestSite.unavailable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.KeyPurpose;
import org.latchkey.key.Secret;

/** The enterprise master key is made once, and never replaced. */
public class CustodyTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;
  private Path keystore;
  private Path passphrase;

  @Before
  public void aSite() throws Exception {
    site = new TestSite(TestSite.real(temporary.getRoot().toPath()));
    keystore = site.folder.resolve("master.p12");
    passphrase = site.folder.resolve("master.pass");
  }

  @Test
  public void theFirstStartMakesOneForTheOwnersEyesOnly() throws Exception {
    site.start();
    assertTrue(site.keys.unavailable().isEmpty());
    for (Path file : List.of(keystore, passphrase, site.folder.resolve("revocations"))) {
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
    String folder = PosixFilePermissions.toString(Files.getPosixFilePermissions(site.folder));
    assertEquals("rwx------", folder);
    assertEquals(List.of("audit: master-key.created", "store: generation 1"), site.diary);
    try (Stream<Path> files = Files.list(site.folder)) {
      assertEquals("no temporary file is left", 3, files.count());
    }
  }

  @Test
  public void theNextStartFindsTheSame() {
    site.start();
    Secret code = site.enrol("1001").code().orElseThrow();
    String secret = text(issued(site.fetch(code, null)).secret());
    site.start();
    assertEquals(secret, text(issued(site.fetch(code, null)).secret()));
    assertEquals(1, site.store.generations.size());
    assertEquals(1, count("master-key.created"));
  }

  @Test
  public void noneIsMadeWhileStoreOrAuditLogAreAway() {
    site.storeIsAway(true);
    site.start();
    site.storeIsAway(false);
    site.store.away(true);
    site.look();
    site.store.away(false);
    site.audit.broken(true);
    site.look();
    site.neighbours.noAudit(site.audit);
    site.look();
    assertFalse(Files.exists(keystore));
    assertTrue(site.keys.unavailable().isPresent());
    site.neighbours.audit(site.audit);
    site.audit.broken(false);
    site.look();
    assertTrue(site.keys.unavailable().isEmpty());
  }

  @Test
  public void aMissingOneIsNamedAndNeverReplaced() throws Exception {
    site.start();
    Secret code = site.enrol("1001").code().orElseThrow();
    String secret = text(issued(site.fetch(code, null)).secret());
    for (Path file : List.of(keystore, passphrase)) {
      Path safe = temporary.getRoot().toPath().resolve("safe");
      Files.move(file, safe);
      site.start();
      assertNothingWorks(file);
      site.storeIsAway(true);
      site.look();
      assertNothingWorks(file);
      site.storeIsAway(false);
      site.look();
      Files.move(safe, file);
      site.look();
      assertEquals(secret, text(issued(site.fetch(code, null)).secret()));
    }
  }

  @Test
  public void onlyTheSnapshotKnowsOfOneAndStillNoneIsMade() throws Exception {
    site.start();
    Files.delete(keystore);
    Files.delete(passphrase);
    site.store.generations.clear();
    site.start();
    assertNothingWorks(keystore);
    assertFalse(Files.exists(keystore));
  }

  @Test
  public void aForeignOneIsNoticed() throws Exception {
    site.start();
    Files.copy(keystore, temporary.getRoot().toPath().resolve("p12"));
    Files.copy(passphrase, temporary.getRoot().toPath().resolve("pass"));
    Files.delete(keystore);
    TestKeystore.in(site.folder).create(1);
    site.start();
    assertNothingWorks(keystore);
    assertTrue(site.keys.unavailable().orElseThrow().contains("foreign"));
    site.storeIsAway(true);
    site.start();
    assertNothingWorks(keystore);
    site.storeIsAway(false);
    bringBack("p12", keystore);
    bringBack("pass", passphrase);
    site.look();
    assertTrue(site.keys.unavailable().isEmpty());
  }

  @Test
  public void aDamagedOneIsNoticed() throws Exception {
    site.start();
    byte[] bytes = Files.readAllBytes(keystore);
    bytes[bytes.length / 2] ^= 1;
    Files.write(keystore, bytes);
    site.start();
    assertNothingWorks(keystore);
  }

  @Test
  public void oneThatOthersMayReadOrThatIsALinkIsRefused() throws Exception {
    site.start();
    Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-r-----"));
    site.start();
    assertTrue(site.keys.unavailable().orElseThrow().contains("chmod 600"));
    Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-------"));
    site.look();
    assertTrue(site.keys.unavailable().isEmpty());
    Path elsewhere = temporary.getRoot().toPath().resolve("elsewhere");
    Files.move(keystore, elsewhere);
    Files.createSymbolicLink(keystore, elsewhere);
    site.start();
    assertNothingWorks(keystore);
  }

  @Test
  public void anotherEnterpriseIsNoticed() {
    site.start();
    AgentSettings s = TestSite.SETTINGS;
    site.settings(
        new AgentSettings(
            "renamed",
            s.realms(),
            s.domains(),
            s.registrar(),
            s.window(),
            s.wrongTriesPerMinute(),
            s.checkSyncsPerSecond(),
            s.keeping()));
    site.start();
    assertTrue(site.keys.unavailable().orElseThrow().contains("set it back"));
    site.settings(s);
    site.start();
    assertTrue(site.keys.unavailable().isEmpty());
  }

  @Test
  public void cutOffBetweenKeystoreAndStoreItIsTakenOver() throws Exception {
    site.store.readOnly(true);
    site.start();
    assertTrue(Files.exists(keystore));
    assertTrue(site.store.generations.isEmpty());
    assertTrue(site.keys.unavailable().isPresent());
    byte[] made = Files.readAllBytes(keystore);
    site.store.readOnly(false);
    site.start();
    assertTrue(site.keys.unavailable().isEmpty());
    assertEquals(1, site.store.generations.size());
    assertArrayEquals(made, Files.readAllBytes(keystore));
  }

  private Optional<byte[]> subkey(int generation) {
    return site.keys.subkey(generation, KeyPurpose.REGISTRATION, "latchkey", "localhost");
  }

  private void assertNothingWorks(Path named) {
    assertTrue(site.keys.unavailable().orElseThrow().contains(named.toString()));
    assertTrue(subkey(1).isEmpty());
    Secret code = Secret.ofText("0123456789abcdef");
    assertTrue(unavailable(site.fetch(code, null)).contains(named.toString()));
    String status = new AgentStatus(site.parts).status().get(0).words();
    assertTrue(status, status.contains(named.toString()));
  }

  private void bringBack(String from, Path to) throws IOException {
    Files.move(temporary.getRoot().toPath().resolve(from), to, StandardCopyOption.REPLACE_EXISTING);
  }

  private long count(String action) {
    return site.audit.actions().stream().filter(action::equals).count();
  }
}
