package org.latchkey.keyagent.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IdentifierForm;
import org.latchkey.key.KeyPurpose;
import org.latchkey.keyscheme.KeyIdentifier;
import org.latchkey.keyscheme.KeyScheme;
import org.latchkey.keyscheme.Prf;

/** What the tests of a restore do on the machine that takes over. */
final class SecondMachine {

  private SecondMachine() {}

  /** As after another one's database was put in the place of its own. */
  static void takesOver(TestSite site, FakeStore other) {
    site.store.generations.clear();
    site.store.generations.putAll(other.generations);
    site.store.enrolments.clear();
    site.store.enrolments.putAll(other.enrolments);
    site.store.keys.clear();
    site.store.keys.putAll(other.keys);
    site.store.revoked.clear();
    site.store.revoked.addAll(other.revoked);
  }

  /** A store as it is now, to be brought back later. */
  static FakeStore copyOf(FakeStore store) {
    FakeStore copy = new FakeStore(new ArrayList<>());
    copy.generations.putAll(store.generations);
    copy.enrolments.putAll(store.enrolments);
    copy.keys.putAll(store.keys);
    copy.revoked.addAll(store.revoked);
    return copy;
  }

  /** As after the database was lost. */
  static void losesItsStore(TestSite site) {
    takesOver(site, new FakeStore(new ArrayList<>()));
  }

  /** The secrets of so many key identifiers of generations 1 and 2. */
  static List<String> secrets(TestSite site, int count) {
    List<String> secrets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int generation = 1 + i % 2;
      Aor aor = new Aor("" + i, "localhost");
      byte[] unique = new byte[10];
      unique[0] = (byte) i;
      unique[1] = (byte) (i >> 8);
      try (Prf tag = prf(site, generation, KeyPurpose.TAG);
          Prf subkey = prf(site, generation, KeyPurpose.REGISTRATION)) {
        KeyIdentifier identifier =
            KeyIdentifier.of(IdentifierForm.LONG, generation, DigestAlgorithm.MD5, unique, tag);
        byte[] secret = KeyScheme.secret(subkey, identifier, aor.user());
        secrets.add(identifier.text() + ' ' + new String(secret, StandardCharsets.US_ASCII));
      }
    }
    return secrets;
  }

  private static Prf prf(TestSite site, int generation, KeyPurpose purpose) {
    return site.parts.custody().subkey(generation, purpose, "latchkey", "localhost");
  }
}
