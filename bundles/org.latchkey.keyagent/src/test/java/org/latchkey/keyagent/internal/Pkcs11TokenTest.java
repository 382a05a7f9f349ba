package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.issued;
import static org.latchkey.keyagent.internal.TestSite.text;
import static org.latchkey.keyagent.internal.TestSite.unavailable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.custody.MasterKey;
import org.latchkey.key.Generations.Rotation;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyPurpose;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;

/** Master keys in a token: moved there, used there, and without it for a while. */
public class Pkcs11TokenTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private SoftToken token;
  private TestSite site;
  private Path keystore;

  @Before
  public void aSiteWithAKeystoreAndAnEmptyToken() throws Exception {
    token = SoftToken.fresh();
    site = new TestSite(TestSite.real(temporary.getRoot().toPath()));
    keystore = site.folder.resolve("master.p12");
    AgentSettings s = TestSite.SETTINGS;
    site.settings(
        new AgentSettings(
            s.enterprise(),
            s.realms(),
            s.domains(),
            s.registrar(),
            s.window(),
            s.wrongTriesPerMinute(),
            s.checkSyncsPerSecond(),
            new AgentSettings.Keeping("keystore", false, SoftToken.LIBRARY, 0)));
    site.start();
    Path pin = site.folder.resolve("pkcs11.pin");
    Files.createFile(
        pin, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(pin, SoftToken.PIN + "\n");
  }

  /** One story, since SoftHSM knows only the tokens that were there when it was loaded. */
  @Test
  public void movedPulledAndPluggedInAgainNoPhoneNotices() throws Exception {
    List<IssuedKey> phones = new ArrayList<>(List.of(site.registered("1001")));
    site.generations.rotate(Rotation.ISSUE, "anna");
    phones.add(site.registered("1002"));
    List<String> secrets = secrets(phones);

    moved();
    assertEquals("pkcs11", site.custodian.places().get(0).name());
    assertTrue(site.audit.actions().contains("master-key.moved"));
    assertTrue(site.parts.place().inForce().copy(1).isEmpty());
    site.start();
    assertEquals(secrets, secrets(phones));
    assertEquals(3, site.generations.rotate(Rotation.ISSUE, "anna").number());
    assertEquals(3, site.registered("1003").record().generation());
    assertThrows(RequestRefusedException.class, () -> site.custodian.move("keystore", "anna"));

    byte[] before = subkey();
    Secret code = site.enrol("1004").code().orElseThrow();
    token.pull();
    site.look();
    assertTrue("what was proved goes on", site.keys.unavailable().isEmpty());
    assertTrue(Arrays.equals(before, subkey()));
    assertTrue(unavailable(site.fetch(code, null)).contains("token"));
    assertThrows(
        RequestRefusedException.class, () -> site.generations.rotate(Rotation.ISSUE, "anna"));
    site.pass(Duration.ofSeconds(2));
    site.look();
    assertTrue(unavailable(site.fetch(code, null)).contains("token"));

    token.plugIn();
    site.pass(Duration.ofSeconds(10));
    site.look();
    assertEquals(3, issued(site.fetch(code, null)).record().generation());
    assertTrue(Arrays.equals(before, subkey()));
    theAgentIsMadeAnewInTheSameProcess();
    site.generations.retire(1, true, "anna");
    site.generations.destroy(1, true, "anna");
    assertEquals(2, site.parts.place().inForce().open().size());
    assertNothingLeftBehind();
  }

  /** As it is when a setting is edited: the JDK still has the library that the pull killed. */
  private void theAgentIsMadeAnewInTheSameProcess() {
    site.start();
    site.pass(Duration.ofSeconds(10));
    site.look();
    assertTrue(String.valueOf(site.keys.unavailable()), site.keys.unavailable().isEmpty());
    issued(site.fetch(site.enrol("1005").code().orElseThrow(), null));
  }

  /** Moved, with what a kill in the middle leaves, and moved again. */
  private void moved() throws Exception {
    Path passphrase = site.folder.resolve("master.pass");
    Path copies = temporary.newFolder().toPath();
    for (Path file : List.of(keystore, passphrase)) {
      Files.copy(file, copies.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
    }
    site.custodian.move("pkcs11", "anna");
    assertFalse(Files.exists(keystore));
    assertFalse(Files.exists(passphrase));
    for (Path file : List.of(keystore, passphrase)) {
      Files.copy(copies.resolve(file.getFileName()), file, StandardCopyOption.COPY_ATTRIBUTES);
    }
    assertTrue(saysThatACopyIsLeft());
    site.custodian.move("pkcs11", "anna");
    assertFalse(Files.exists(keystore));
    assertFalse(Files.exists(passphrase));
    assertFalse(saysThatACopyIsLeft());
  }

  private boolean saysThatACopyIsLeft() {
    return new AgentStatus(site.parts)
        .status().stream().anyMatch(line -> line.words().contains("master.p12"));
  }

  private void assertNothingLeftBehind() throws Exception {
    for (MasterKey key : site.parts.place().inForce().open().values()) {
      assertEquals(32, key.mac(new byte[0]).length);
    }
    try (var files = Files.list(site.folder)) {
      assertEquals(
          List.of("custody", "pkcs11.pin", "revocations"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  private List<String> secrets(List<IssuedKey> phones) {
    return phones.stream()
        .map(phone -> TestSite.issued(site.login(phone)))
        .map(key -> key.keyIdentifier() + text(key.secret()))
        .toList();
  }

  private byte[] subkey() {
    return site.keys.subkey(2, KeyPurpose.REGISTRATION, "latchkey", "localhost").orElseThrow();
  }
}
