package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.denied;
import static org.latchkey.keyagent.internal.TestSite.issued;
import static org.latchkey.keyagent.internal.TestSite.text;

import java.time.Duration;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.DenialReason;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.Enrolment;
import org.latchkey.key.IdentifierForm;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyPurpose;
import org.latchkey.key.Secret;
import org.latchkey.keyscheme.HmacPrf;
import org.latchkey.keyscheme.KeyIdentifier;
import org.latchkey.keyscheme.KeyScheme;
import org.latchkey.keyscheme.Prf;

public class IssuingTest {

  private static final String MAC = "805ec0000001";

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;

  @Before
  public void aSite() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
  }

  @Test
  public void aPhoneWithACodeGetsTheKeyThatTheRegistrarDerives() {
    IssuedKey key = issued(site.fetch(code("1001"), null));
    KeyIdentifier identifier = KeyIdentifier.parse(key.keyIdentifier()).orElseThrow();
    assertEquals(1, identifier.generation());
    assertEquals("1001@localhost", key.record().aor().toString());
    try (Prf subkey = subkey(KeyPurpose.REGISTRATION);
        Prf tagKey = subkey(KeyPurpose.TAG)) {
      assertTrue(identifier.tagFits(tagKey));
      Secret derived = Secret.copyOf(KeyScheme.secret(subkey, identifier, "1001"));
      assertTrue(derived.matches(key.secret()));
      assertFalse(derived.matches(key.provisioningPassword()));
    }
  }

  @Test
  public void theSameCodeGivesTheSameKeyAgain() {
    Secret code = code("1001");
    IssuedKey first = issued(site.fetch(code, null));
    for (int i = 0; i < 10; i++) {
      IssuedKey again = issued(site.fetch(code, null));
      assertEquals(first.keyIdentifier(), again.keyIdentifier());
      assertTrue(first.secret().matches(again.secret()));
    }
    site.start();
    assertTrue(first.secret().matches(issued(site.fetch(code, null)).secret()));
    assertEquals(1, site.store.keys.size());
  }

  @Test
  public void onceRegisteredOnlyTheLoginFetches() {
    Secret code = code("1001");
    IssuedKey key = issued(site.fetch(code, null));
    site.parts.registrations().note(key.keyIdentifier(), site.now());
    assertEquals(DenialReason.ALREADY_REGISTERED, denied(site.fetch(code, null)));
    site.parts.registrations().flush();
    site.start();
    assertEquals(DenialReason.ALREADY_REGISTERED, denied(site.fetch(code, null)));
    assertTrue(key.secret().matches(issued(site.login(key)).secret()));
  }

  @Test
  public void afterTheWindowOnlyTheLoginFetches() {
    Secret code = code("1001");
    Secret unused = code("1002");
    IssuedKey key = issued(site.fetch(code, null));
    site.pass(Duration.ofMinutes(15));
    assertEquals(DenialReason.WINDOW_OVER, denied(site.fetch(code, null)));
    assertEquals(DenialReason.WINDOW_OVER, denied(site.fetch(unused, null)));
    assertEquals(key.keyIdentifier(), issued(site.login(key)).keyIdentifier());
  }

  @Test
  public void aWrongLoginIsRefusedWhateverIsWrong() {
    IssuedKey key = issued(site.fetch(code("1001"), null));
    IssuedKey other = issued(site.fetch(code("1002"), null));
    assertEquals(DenialReason.BAD_LOGIN, login(key.keyIdentifier(), other.provisioningPassword()));
    assertEquals(DenialReason.BAD_LOGIN, login(key.keyIdentifier(), key.secret()));
    assertEquals(DenialReason.BAD_LOGIN, login(key.keyIdentifier(), Secret.ofText("")));
    assertEquals(DenialReason.BAD_LOGIN, login("nobody", key.provisioningPassword()));
    char end = key.keyIdentifier().charAt(31) == '0' ? '1' : '0';
    String invented = key.keyIdentifier().substring(0, 31) + end;
    assertEquals(DenialReason.BAD_LOGIN, login(invented, key.provisioningPassword()));
  }

  @Test
  public void aDeviceIdentifierInAnySpellingLeadsToTheSameDerivedKey() {
    Secret code = site.enrol("1001", "80:5E:C0:00:00:01", Enrolment.CodeKind.URL).code().get();
    IssuedKey key = issued(site.fetch(code, "80-5e-c0-00-00-01"));
    assertEquals(Optional.of(MAC), key.record().device());
    assertEquals(key.keyIdentifier(), issued(site.fetch(code, "805E.C000.0001")).keyIdentifier());
    assertEquals(DenialReason.OTHER_DEVICE, denied(site.fetch(code, "805ec0000002")));
    assertEquals(DenialReason.OTHER_DEVICE, denied(site.fetch(code, null)));
    assertEquals(DenialReason.BAD_DEVICE, denied(site.fetch(code, "<script>")));
  }

  @Test
  public void anUnboundCodeBelongsToTheFirstDeviceThatUsesIt() {
    Secret code = code("1001");
    issued(site.fetch(code, MAC));
    assertEquals(DenialReason.OTHER_DEVICE, denied(site.fetch(code, "805ec0000002")));
    assertEquals(DenialReason.OTHER_DEVICE, denied(site.fetch(code, null)));
  }

  @Test
  public void aDeviceThatIsEnrolledAgainGetsAnotherKey() {
    IssuedKey first = issued(site.fetch(code("1001"), MAC));
    IssuedKey second = issued(site.fetch(code("1001"), MAC));
    assertNotEquals(first.keyIdentifier(), second.keyIdentifier());
    assertEquals(0, first.record().issueCounter());
    assertEquals(1, second.record().issueCounter());
  }

  @Test
  public void aRevokedIdentifierNeverComesBackEvenWhenTheStoreWasLost() {
    IssuedKey first = issued(site.fetch(code("1001"), MAC));
    site.desk.revoke(first.keyIdentifier(), "stolen", "anna");
    site.store.keys.clear();
    site.store.enrolments.clear();
    site.store.revoked.clear();
    site.start();
    IssuedKey second = issued(site.fetch(code("1001"), MAC));
    assertNotEquals(first.keyIdentifier(), second.keyIdentifier());
    assertTrue(site.keys.revoked(first.keyIdentifier()));
  }

  @Test
  public void theFormAndTheAlgorithmStandInTheIdentifier() {
    Secret code = code("1001");
    IssuedKey key =
        issued(
            site.issuer.issue(
                TestSite.request(null)
                    .code(code)
                    .algorithm(DigestAlgorithm.SHA_256)
                    .form(IdentifierForm.SHORT)
                    .build()));
    KeyIdentifier identifier = KeyIdentifier.parse(key.keyIdentifier()).orElseThrow();
    assertEquals(DigestAlgorithm.SHA_256, identifier.least());
    assertEquals(IdentifierForm.SHORT, identifier.form());
    assertEquals(DigestAlgorithm.SHA_256, key.record().least());
  }

  @Test
  public void anOldLoginDoesNotStandInTheWayOfANewCode() {
    IssuedKey old = issued(site.fetch(code("1001"), null));
    site.desk.revoke(old.keyIdentifier(), "lost", "anna");
    Secret code = code("1001");
    IssuedKey fresh =
        issued(
            site.issuer.issue(
                TestSite.request(null)
                    .code(code)
                    .login(old.keyIdentifier(), old.provisioningPassword())
                    .build()));
    site.parts.registrations().note(fresh.keyIdentifier(), site.now());
    IssuedKey again =
        issued(
            site.issuer.issue(
                TestSite.request(null)
                    .code(code)
                    .login(fresh.keyIdentifier(), fresh.provisioningPassword())
                    .build()));
    assertEquals(fresh.keyIdentifier(), again.keyIdentifier());
  }

  @Test
  public void twoPhonesNeverShareASecret() {
    assertNotEquals(
        text(issued(site.fetch(code("1001"), null)).secret()),
        text(issued(site.fetch(code("1001"), null)).secret()));
  }

  private Secret code(String aor) {
    return site.enrol(aor).code().orElseThrow();
  }

  private DenialReason login(String name, Secret password) {
    return denied(site.issuer.issue(TestSite.request(null).login(name, password).build()));
  }

  private Prf subkey(KeyPurpose purpose) {
    return new HmacPrf(site.keys.subkey(1, purpose, "latchkey", "localhost").orElseThrow());
  }
}
