package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.issued;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.admission.Hold;
import org.latchkey.audit.AuditEntry;
import org.latchkey.custody.RegistrarExports.Exported;
import org.latchkey.key.Generations.Rotation;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyPurpose;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.sealing.Contents;
import org.latchkey.sealing.NodeKey;
import org.latchkey.sealing.RegistrarExport;
import org.latchkey.sealing.SealedExport;

/** The agent exports to a PBX node what it needs, and no more. */
public class RegistrarDeskTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private final NodeKey node = NodeKey.random(new SecureRandom());
  private final FakeHolds holds = new FakeHolds();
  private TestSite site;
  private RegistrarDesk desk;
  private Path file;
  private IssuedKey key;

  @Before
  public void aSiteWithAPhone() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    key = issued(site.fetch(site.enrol("1001").code().orElseThrow(), null));
    desk = desk();
    file = site.folder.resolveSibling("export");
    site.diary.clear();
  }

  private RegistrarDesk desk() {
    RegistrarDesk fresh = new RegistrarDesk(site.parts, site.folder);
    fresh.bindHolds(holds);
    return fresh;
  }

  private Exported export(Path to) {
    return desk.export(node.publicPart().text(), to, "anna");
  }

  private RegistrarExport opened() throws Exception {
    byte[] content = SealedExport.read(Files.readAllBytes(file)).open(node);
    return RegistrarExport.read(content);
  }

  @Test
  public void theNodeFindsTheSubkeysThatItsAuthenticatorNeeds() throws Exception {
    export(file);
    try (RegistrarExport export = opened()) {
      assertEquals(TestSite.SETTINGS.realms(), export.contents().realms());
      assertEquals(TestSite.SETTINGS.domains(), export.contents().domains());
      assertEquals(Set.of(1), export.contents().generations());
      for (String realm : export.contents().realms()) {
        for (String domain : export.contents().domains()) {
          for (KeyPurpose purpose : List.of(KeyPurpose.TAG, KeyPurpose.REGISTRATION)) {
            assertArrayEquals(
                site.keys.subkey(1, purpose, realm, domain).orElseThrow(),
                export.subkeys().copy(1, purpose, realm, domain).orElseThrow());
          }
        }
      }
    }
  }

  @Test
  public void noOtherKeyIsInIt() throws Exception {
    export(file);
    byte[] content = SealedExport.read(Files.readAllBytes(file)).open(node);
    assertTrue(has(content, site.keys.subkey(1, KeyPurpose.TAG, "second", "localhost").get()));
    for (KeyPurpose purpose : KeyPurpose.values()) {
      if (purpose != KeyPurpose.TAG && purpose != KeyPurpose.REGISTRATION) {
        for (String realm : List.of("", "latchkey", "second")) {
          for (String domain : List.of("", "localhost", "example.org")) {
            byte[] other = site.parts.custody().subkeyBytes(1, purpose, realm, domain).get();
            assertFalse(purpose.name(), has(content, other));
          }
        }
      }
    }
  }

  @Test
  public void revocationsAndHoldsGoWithIt() throws Exception {
    Hold hold = new Hold("k1", Hold.Kind.HELD, "noise", "anna", site.now());
    holds.all.add(hold);
    site.desk.revoke(key.keyIdentifier(), "stolen", "anna");
    Exported exported = export(file);
    assertEquals(1, exported.revocations());
    assertEquals(1, exported.holds());
    try (RegistrarExport export = opened()) {
      assertEquals(Set.of(key.keyIdentifier()), export.contents().revoked());
      assertEquals(List.of(hold), export.contents().holds());
    }
  }

  @Test
  public void onlyGenerationsThatVerifyAreInIt() throws Exception {
    site.generations.rotate(Rotation.PREPARE, "anna");
    assertEquals("created ones are distributed by it", List.of(1, 2), export(file).generations());
    Files.delete(file);
    site.generations.rotate(Rotation.ISSUE, "anna");
    site.generations.retire(1, true, "anna");
    assertEquals(List.of(2), export(file).generations());
    try (RegistrarExport export = opened()) {
      assertTrue(export.subkeys().copy(1, KeyPurpose.TAG, "latchkey", "localhost").isEmpty());
    }
  }

  @Test
  public void ofACompromisedGenerationWhatWasIssuedIsNamed() throws Exception {
    site.generations.rotate(Rotation.COMPROMISED, "anna");
    export(file);
    try (RegistrarExport export = opened()) {
      Contents contents = export.contents();
      assertEquals(Set.of(1), contents.compromised());
      assertEquals(Set.of(key.keyIdentifier()), contents.issued());
    }
  }

  @Test
  public void theFileIsForTheOwnersEyesOnlyAndReplacesNoOther() throws Exception {
    export(file);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    byte[] first = Files.readAllBytes(file);
    assertTrue(refused(file).contains("Name another"));
    assertArrayEquals(first, Files.readAllBytes(file));
    assertTrue(refused(site.folder.resolve("none/export")).contains("can't be written"));
  }

  @Test
  public void evidenceComesBeforeTheFileAndWithoutThereIsNone() throws Exception {
    Exported exported = export(file);
    AuditEntry entry = site.audit.entries.get(site.audit.entries.size() - 1);
    assertEquals("registrar.exported", entry.action());
    assertEquals("anna", entry.actor());
    assertTrue(entry.detail(), entry.detail().contains(exported.node()));
    assertTrue(entry.detail(), entry.detail().contains(exported.agent()));
    site.audit.broken(true);
    Path second = file.resolveSibling("second");
    assertTrue(refused(second).contains("audit log"));
    assertFalse(Files.exists(second));
  }

  @Test
  public void withoutEvidenceOfTheFirstNothingIsKeptEither() throws Exception {
    site.audit.broken(true);
    refused(file);
    try (Stream<Path> files = Files.list(site.folder)) {
      assertEquals(0, files.filter(one -> one.toString().contains("registrar-export")).count());
    }
  }

  @Test
  public void theNextHasAGreaterNumberWhateverTheClockSays() throws Exception {
    Exported first = export(file);
    site.pass(Duration.ofDays(-3));
    site.start();
    desk = desk();
    Exported second = export(file.resolveSibling("second"));
    assertTrue(second.number() > first.number());
    assertEquals("signed by the same agent", first.agent(), second.agent());
    Files.delete(site.folder.resolve(ExportKey.NUMBER));
    site.pass(Duration.ofDays(4));
    Exported third = export(file.resolveSibling("third"));
    assertTrue("after a restore, too", third.number() > second.number());
  }

  @Test
  public void inDoubtNothingIsExported() throws Exception {
    assertTrue(refused("", file).contains("57 characters"));
    site.storeIsAway(true);
    assertTrue(refused(file).contains("The store is away"));
    site.storeIsAway(false);
    desk.unbindHolds(holds);
    assertTrue(refused(file).contains("what is held"));
    desk.bindHolds(holds);
    Files.write(site.folder.resolve(ExportKey.KEY), new byte[3]);
    Files.setPosixFilePermissions(
        site.folder.resolve(ExportKey.KEY), PosixFilePermissions.fromString("rw-------"));
    assertTrue(refused(file).contains("is damaged"));
    assertFalse(Files.exists(file));
    assertEquals(List.of(), site.diary);
  }

  @Test
  public void twoExportsTellNothingToWhoHasNoKey() throws Exception {
    export(file);
    Path second = file.resolveSibling("second");
    export(second);
    assertNotEquals(
        Arrays.hashCode(Files.readAllBytes(file)), Arrays.hashCode(Files.readAllBytes(second)));
    byte[] text = key.keyIdentifier().getBytes(StandardCharsets.US_ASCII);
    assertFalse(has(Files.readAllBytes(file), text));
  }

  private String refused(Path to) {
    return refused(node.publicPart().text(), to);
  }

  private String refused(String nodeKey, Path to) {
    return assertThrows(RequestRefusedException.class, () -> desk.export(nodeKey, to, "anna"))
        .getMessage();
  }

  private static boolean has(byte[] content, byte[] part) {
    for (int at = 0; at + part.length <= content.length; at++) {
      if (Arrays.equals(content, at, at + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }
}
