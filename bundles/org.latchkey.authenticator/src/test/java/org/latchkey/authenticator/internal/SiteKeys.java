package org.latchkey.authenticator.internal;

import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IdentifierForm;
import org.latchkey.key.KeyPurpose;
import org.latchkey.key.RegistrationKeys;
import org.latchkey.keyscheme.HmacPrf;
import org.latchkey.keyscheme.KeyIdentifier;
import org.latchkey.keyscheme.KeyScheme;

/** An agent's keys, in memory: generations 1 and 2 of a made-up enterprise master key. */
final class SiteKeys implements RegistrationKeys {

  static final String REALM = "latchkey";
  static final String DOMAIN = "example.org";
  private static final String ENTERPRISE = "test";

  final Set<String> revoked = new HashSet<>();
  final Set<Integer> generations = new HashSet<>(Set.of(1, 2));
  Optional<String> fault = Optional.empty();
  RuntimeException thrown;
  long revision;
  int subkeysAsked;
  private final Random random = new Random(5);

  /** A new key for an AOR. */
  Phone phone(Aor aor) {
    return phone(aor, 1, IdentifierForm.LONG, DigestAlgorithm.MD5);
  }

  Phone phone(Aor aor, int generation, IdentifierForm form, DigestAlgorithm least) {
    byte[] unique = new byte[10];
    random.nextBytes(unique);
    KeyIdentifier name =
        KeyIdentifier.of(form, generation, least, unique, prf(generation, KeyPurpose.TAG));
    return new Phone(aor, name.text(), secret(name, aor));
  }

  byte[] secret(KeyIdentifier name, Aor aor) {
    return KeyScheme.secret(prf(name.generation(), KeyPurpose.REGISTRATION), name, aor.user());
  }

  private static HmacPrf prf(int generation, KeyPurpose purpose) {
    return new HmacPrf(subkey(generation, purpose));
  }

  private static byte[] subkey(int generation, KeyPurpose purpose) {
    byte[] master = new byte[32];
    new Random(generation).nextBytes(master);
    return KeyScheme.subkey(new HmacPrf(master), ENTERPRISE, purpose, REALM, DOMAIN);
  }

  @Override
  public Optional<String> unavailable() {
    if (thrown != null) {
      throw thrown;
    }
    return fault;
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
    return revision;
  }

  @Override
  public Optional<byte[]> subkey(int generation, KeyPurpose purpose, String realm, String domain) {
    subkeysAsked++;
    return generations.contains(generation) && serves(realm, domain)
        ? Optional.of(subkey(generation, purpose))
        : Optional.empty();
  }

  @Override
  public boolean revoked(String keyIdentifier) {
    return revoked.contains(keyIdentifier);
  }
}
