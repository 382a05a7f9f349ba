package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.issued;
import static org.latchkey.keyagent.internal.TestSite.unavailable;

import java.nio.file.Files;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;

/** With a typed passphrase, nothing on disk opens the keystore. */
public class SealedKeystoreTest {

  private static final Secret RIGHT = Secret.ofText("correct horse battery");
  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;

  @Before
  public void aSealedSite() throws Exception {
    site = new TestSite(TestSite.real(temporary.getRoot().toPath()));
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
            new AgentSettings.Keeping("keystore", true, "", 0)));
    site.start();
  }

  @Test
  public void nothingIsMadeBeforeAPassphraseIsTypedThatIsLongEnough() {
    assertTrue(site.keys.unavailable().orElseThrow().contains("latchkey:unseal"));
    assertFalse(Files.exists(site.folder.resolve("master.p12")));
    assertThrows(
        RequestRefusedException.class, () -> site.custodian.unseal(Secret.ofText("short"), "anna"));
    site.custodian.unseal(RIGHT, "anna");
    assertTrue(site.keys.unavailable().isEmpty());
    assertTrue(Files.exists(site.folder.resolve("master.p12")));
    assertFalse(Files.exists(site.folder.resolve("master.pass")));
    assertTrue(site.audit.actions().contains("master-key.unseal"));
  }

  @Test
  public void afterAStartItWaitsForTheSamePassphrase() {
    site.custodian.unseal(RIGHT, "anna");
    IssuedKey key = site.registered("1001");
    site.start();
    assertTrue(unavailable(site.login(key)).contains("sealed"));
    assertThrows(
        RequestRefusedException.class,
        () -> site.custodian.unseal(Secret.ofText("correct horse batterie"), "anna"));
    assertTrue(site.keys.unavailable().isPresent());
    site.custodian.unseal(RIGHT, "anna");
    assertEquals(key.keyIdentifier(), issued(site.login(key)).keyIdentifier());
    assertThrows(RequestRefusedException.class, () -> site.custodian.unseal(RIGHT, "anna"));
  }
}
