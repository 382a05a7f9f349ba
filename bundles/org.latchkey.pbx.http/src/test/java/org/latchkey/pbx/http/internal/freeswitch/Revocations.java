package org.latchkey.pbx.http.internal.freeswitch;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.latchkey.key.KeyPurpose;
import org.latchkey.key.RegistrationKeys;

/** Knows which keys are revoked, and nothing else. */
final class Revocations implements RegistrationKeys {

  final Set<String> keys = new HashSet<>();

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
    return true;
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
    return keys.contains(keyIdentifier);
  }
}
