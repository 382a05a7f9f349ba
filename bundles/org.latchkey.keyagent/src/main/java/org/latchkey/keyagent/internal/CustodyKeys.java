package org.latchkey.keyagent.internal;

import java.util.Optional;
import org.latchkey.key.KeyPurpose;
import org.latchkey.key.RegistrationKeys;
import org.latchkey.keyscheme.KeyIdentifier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lends subkeys to the authenticator of this node, from memory and without a lock. */
@Component(immediate = true)
public final class CustodyKeys implements RegistrationKeys {

  private final AgentSettings settings;
  private final Custody custody;
  private final Revocations revocations;

  /** The service. */
  @Activate
  public CustodyKeys(@Reference Agent agent) {
    this(agent.parts());
  }

  CustodyKeys(Parts parts) {
    settings = parts.settings();
    custody = parts.custody();
    revocations = parts.revocations();
  }

  @Override
  public Optional<String> unavailable() {
    return custody.standing().checking();
  }

  @Override
  public String defaultRealm() {
    return settings.realm();
  }

  @Override
  public boolean serves(String realm, String domain) {
    return settings.serves(realm, domain);
  }

  @Override
  public long revision() {
    return custody.revision();
  }

  @Override
  public Optional<byte[]> subkey(int generation, KeyPurpose purpose, String realm, String domain) {
    return serves(realm, domain)
        ? custody.subkeyBytes(generation, purpose, realm, domain)
        : Optional.empty();
  }

  @Override
  public boolean revoked(String keyIdentifier) {
    return revocations.contains(keyIdentifier);
  }

  @Override
  public boolean authenticates(String keyIdentifier) {
    return KeyIdentifier.parse(keyIdentifier)
            .filter(identifier -> custody.generations().contains(identifier.generation()))
            .isPresent()
        && !revoked(keyIdentifier);
  }
}
