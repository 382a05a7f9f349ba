package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.issued;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;

public class MaintenancePasswordTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;
  private IssuedKey key;

  @Before
  public void aPhoneWithItsKey() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    key = issued(site.fetch(site.enrol("1001").code().orElseThrow(), null));
    site.diary.clear();
  }

  @Test
  public void itIsThePhonesOwnAlwaysTheSameAndNeitherItsSecretNorItsLogin() {
    String password = password(key.keyIdentifier());
    assertEquals(26, password.length());
    assertEquals(password, password(key.keyIdentifier()));
    assertNotEquals(text(key.secret()), password);
    assertNotEquals(text(key.provisioningPassword()), password);
    IssuedKey other = issued(site.fetch(site.enrol("1002").code().orElseThrow(), null));
    assertNotEquals(password, password(other.keyIdentifier()));
  }

  @Test
  public void itIsWhatItsPhoneIsTold() {
    assertEquals(text(key.maintenancePassword()), password(key.keyIdentifier()));
  }

  @Test
  public void everyLookAtItIsInTheAuditLog() {
    password(key.keyIdentifier());
    assertEquals(List.of("audit: maintenance-password.shown"), site.diary);
  }

  @Test
  public void withoutEvidenceNobodySeesIt() {
    site.audit.broken(true);
    assertThrows(RequestRefusedException.class, () -> password(key.keyIdentifier()));
  }

  @Test
  public void aRevokedPhoneHasItsMenuStill() {
    String before = password(key.keyIdentifier());
    site.desk.revoke(key.keyIdentifier(), "out of service", "anna");
    assertEquals(before, password(key.keyIdentifier()));
  }

  @Test
  public void aKeyThatWasNeverIssuedHasNone() {
    RequestRefusedException refused =
        assertThrows(RequestRefusedException.class, () -> password("k000"));
    assertTrue(refused.getMessage().contains("latchkey:phones"));
  }

  private String password(String keyIdentifier) {
    try (Secret password = new MaintenanceDesk(site.parts).of(keyIdentifier, "anna")) {
      return text(password);
    }
  }

  private static String text(Secret secret) {
    return new String(secret.copy(), StandardCharsets.US_ASCII);
  }
}
