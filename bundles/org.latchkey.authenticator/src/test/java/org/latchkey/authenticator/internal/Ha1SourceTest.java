package org.latchkey.authenticator.internal;

import static org.junit.Assert.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IdentifierForm;
import org.latchkey.keyscheme.Ha1;
import org.latchkey.keyscheme.KeyIdentifier;

/** The HA1 for a PBX that compares the digest itself. */
public class Ha1SourceTest {

  @Rule public TemporaryFolder folder = new TemporaryFolder();
  private Office office;
  private String key;

  @Before
  public void openOffice() {
    office = new Office(Path.of(folder.getRoot().getPath(), "nonce.key"));
    key = office.phone().username;
  }

  private String ha1(String keyIdentifier, Aor aor, String realm, DigestAlgorithm algorithm) {
    return office
        .authenticator
        .ha1(keyIdentifier, aor, realm, algorithm)
        .fold(
            found -> new String(found.ha1().copy(), StandardCharsets.US_ASCII),
            none -> none.reason().name(),
            fault -> fault.reason());
  }

  private String ha1(String keyIdentifier) {
    return ha1(keyIdentifier, Office.EXTENSION, SiteKeys.REALM, DigestAlgorithm.MD5);
  }

  @Test
  public void itIsTheHashOfIdentifierRealmAndSecret() {
    byte[] secret = office.keys.secret(KeyIdentifier.parse(key).get(), Office.EXTENSION);
    for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
      assertEquals(
          new String(Ha1.hex(algorithm, key, SiteKeys.REALM, secret), StandardCharsets.US_ASCII),
          ha1(key, Office.EXTENSION, SiteKeys.REALM, algorithm));
    }
  }

  @Test
  public void thereIsNoneForWhatWouldNotBeAccepted() {
    assertEquals("NO_KEY_IDENTIFIER", ha1("alice"));
    String forged = key.substring(0, 31) + (key.endsWith("0") ? '1' : '0');
    assertEquals("FORGED_IDENTIFIER", ha1(forged));
    assertEquals("UNKNOWN_GENERATION", ha1("kzz" + key.substring(3)));
    assertEquals("FOREIGN_REALM", ha1(key, Office.EXTENSION, "elsewhere", DigestAlgorithm.MD5));
    assertEquals(
        "FOREIGN_REALM",
        ha1(key, new Aor("1001", "other.org"), SiteKeys.REALM, DigestAlgorithm.MD5));
    String strong =
        office.keys.phone(Office.EXTENSION, 1, IdentifierForm.LONG, DigestAlgorithm.SHA_256)
            .username;
    assertEquals("WEAK_ALGORITHM", ha1(strong));
    office.keys.revoked.add(key);
    assertEquals("REVOKED", ha1(key));
  }

  @Test
  public void ourFaultsAreNoAnswer() {
    office.keys.fault = Optional.of("the revocations are missing");
    assertEquals("the revocations are missing", ha1(key));
    office.authenticator.unbindKeys(office.keys);
    assertEquals("there is no key agent on this node", ha1(key));
    office.authenticator.close();
    assertEquals("the authenticator has ended", ha1(key));
  }
}
