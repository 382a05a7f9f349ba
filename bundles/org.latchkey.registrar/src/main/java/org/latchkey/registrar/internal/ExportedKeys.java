package org.latchkey.registrar.internal;

import java.util.Optional;
import org.latchkey.key.KeyPurpose;
import org.latchkey.key.RegistrationKeys;
import org.latchkey.sealing.Contents;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Lends the subkeys of the export in force to the authenticator. A key agent on the same node comes
 * first.
 */
@Component(immediate = true, property = Node.AFTER_OTHERS)
public final class ExportedKeys implements RegistrationKeys {

  private final NodeCustody custody;

  /** The service. */
  @Activate
  public ExportedKeys(@Reference Node registrar) {
    this(registrar.custody());
  }

  ExportedKeys(NodeCustody custody) {
    this.custody = custody;
  }

  @Override
  public Optional<String> unavailable() {
    return custody.standing().unavailable();
  }

  @Override
  public String defaultRealm() {
    return custody.standing().contents().map(contents -> contents.realms().get(0)).orElse("");
  }

  @Override
  public boolean serves(String realm, String domain) {
    Optional<Contents> contents = custody.standing().contents();
    return contents.isPresent()
        && contents.get().realms().contains(realm)
        && contents.get().domains().contains(domain);
  }

  @Override
  public long revision() {
    return custody.revision();
  }

  @Override
  public Optional<byte[]> subkey(int generation, KeyPurpose purpose, String realm, String domain) {
    return custody.subkey(generation, purpose, realm, domain);
  }

  /** What nobody can say is revoked. */
  @Override
  public boolean revoked(String keyIdentifier) {
    return custody
        .standing()
        .contents()
        .map(contents -> new Validity(contents).revoked(keyIdentifier))
        .orElse(true);
  }

  @Override
  public boolean authenticates(String keyIdentifier) {
    return custody
        .standing()
        .contents()
        .filter(contents -> new Validity(contents).authenticates(keyIdentifier))
        .isPresent();
  }
}
