package org.latchkey.keyagent.internal;

import java.util.Arrays;
import org.latchkey.key.Aor;
import org.latchkey.key.KeyPurpose;
import org.latchkey.key.Secret;
import org.latchkey.keyscheme.KeyIdentifier;
import org.latchkey.keyscheme.KeyScheme;
import org.latchkey.keyscheme.Prf;

/**
 * What a key identifier's phone and we alone know, for one purpose each.
 *
 * @param custody lends the subkeys
 */
record DerivedSecrets(Custody custody) {

  /**
   * Derives one, for the caller to close.
   *
   * @throws UnavailableException when the generation can't be used
   */
  Secret of(KeyPurpose purpose, KeyIdentifier identifier, String realm, Aor aor) {
    try (Prf subkey = custody.subkey(identifier.generation(), purpose, realm, aor.domain())) {
      byte[] characters = KeyScheme.secret(subkey, identifier, aor.user());
      Secret secret = Secret.copyOf(characters);
      Arrays.fill(characters, (byte) 0);
      return secret;
    }
  }
}
