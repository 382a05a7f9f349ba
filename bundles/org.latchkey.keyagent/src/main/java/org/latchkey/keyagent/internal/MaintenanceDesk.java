package org.latchkey.keyagent.internal;

import java.util.List;
import org.latchkey.key.KeyPurpose;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.MaintenancePasswords;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.keyscheme.KeyIdentifier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Hands administrators the passwords of phones' menus. */
@Component(immediate = true)
public final class MaintenanceDesk implements MaintenancePasswords {

  private final DerivedSecrets secrets;
  private final Changes changes;
  private final DeviceLines lines;

  /** The service. */
  @Activate
  public MaintenanceDesk(@Reference Agent agent) {
    this(agent.parts());
  }

  MaintenanceDesk(Parts parts) {
    secrets = new DerivedSecrets(parts.custody());
    changes = new Changes(parts.custody(), parts.revocations(), parts.neighbours(), parts.clock());
    lines = parts.lines();
  }

  @Override
  public Secret of(String keyIdentifier, String actor) {
    KeyRecord key =
        changes
            .store()
            .key(keyIdentifier)
            .orElseThrow(
                () ->
                    new RequestRefusedException(
                        "There is no key " + keyIdentifier + "; latchkey:phones lists them."));
    // A phone of several lines has the password of the first of them.
    KeyRecord first = lines.keys(changes.store(), key).stream().findFirst().orElse(key);
    Secret password = Changes.refusing(() -> derived(first));
    try {
      changes.evidence(List.of(changes.entry(actor, "maintenance-password.shown", key, "")));
      return password;
    } catch (RuntimeException e) {
      password.close();
      throw e;
    }
  }

  private Secret derived(KeyRecord key) {
    KeyIdentifier identifier = KeyIdentifier.parse(key.keyIdentifier()).orElseThrow();
    return secrets.of(KeyPurpose.MAINTENANCE, identifier, key.realm(), key.aor());
  }
}
