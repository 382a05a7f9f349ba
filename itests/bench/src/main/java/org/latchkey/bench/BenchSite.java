package org.latchkey.bench;

import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IdentifierForm;
import org.latchkey.key.KeyPurpose;
import org.latchkey.key.RegistrationKeys;
import org.latchkey.keyscheme.HmacPrf;
import org.latchkey.keyscheme.KeyIdentifier;
import org.latchkey.keyscheme.KeyScheme;

/** A site's keys, with a thousand revoked ones. */
final class BenchSite implements RegistrationKeys {

  static final String REALM = "latchkey";
  static final String DOMAIN = "example.org";
  private static final int GENERATION = 1;
  private static final int REVOKED = 1000;

  private final byte[] masterKey = new byte[32];
  private final Random random = new Random(1);
  private final Set<String> revoked = ConcurrentHashMap.newKeySet();

  BenchSite() {
    random.nextBytes(masterKey);
    for (int i = 0; i < REVOKED; i++) {
      revoked.add(issue().text());
    }
  }

  /** A new key identifier. */
  KeyIdentifier issue() {
    byte[] unique = new byte[10];
    random.nextBytes(unique);
    return KeyIdentifier.of(
        IdentifierForm.LONG, GENERATION, DigestAlgorithm.MD5, unique, prf(KeyPurpose.TAG));
  }

  /** The secret of a key for an AOR. */
  byte[] secret(KeyIdentifier name, Aor aor) {
    return KeyScheme.secret(prf(KeyPurpose.REGISTRATION), name, aor.user());
  }

  HmacPrf prf(KeyPurpose purpose) {
    return new HmacPrf(subkey(purpose));
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.empty();
  }

  @Override
  public String defaultRealm() {
    return REALM;
  }

  @Override
  public boolean serves(String realm, String domain) {
    return realm.equals(REALM) && domain.equals(DOMAIN);
  }

  @Override
  public long revision() {
    return 0;
  }

  @Override
  public Optional<byte[]> subkey(int generation, KeyPurpose purpose, String realm, String domain) {
    return generation == GENERATION && serves(realm, domain)
        ? Optional.of(subkey(purpose))
        : Optional.empty();
  }

  @Override
  public boolean revoked(String keyIdentifier) {
    return revoked.contains(keyIdentifier);
  }

  private byte[] subkey(KeyPurpose purpose) {
    return KeyScheme.subkey(new HmacPrf(masterKey), "bench", purpose, REALM, DOMAIN);
  }
}
