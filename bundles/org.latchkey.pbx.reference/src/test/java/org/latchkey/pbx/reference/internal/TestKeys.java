package org.latchkey.pbx.reference.internal;

import java.util.Optional;
import java.util.Set;
import org.latchkey.key.KeyPurpose;
import org.latchkey.key.RegistrationKeys;

/** Knows which keys were revoked, and nothing else. */
record TestKeys(Set<String> revokedKeys) implements RegistrationKeys {

  @Override
  public Optional<String> unavailable() {
    return Optional.empty();
  }

  @Override
  public String defaultRealm() {
    return "latchkey";
  }

  @Override
  public boolean serves(String realm, String domain) {
    return false;
  }

  @Override
  public long revision() {
    return 0;
  }

  @Override
  public Optional<byte[]> subkey(int generation, KeyPurpose purpose, String realm, String domain) {
    return Optional.empty();
  }

  @Override
  public boolean revoked(String keyIdentifier) {
    return revokedKeys.contains(keyIdentifier);
  }
}
