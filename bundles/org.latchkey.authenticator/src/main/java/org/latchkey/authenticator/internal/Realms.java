package org.latchkey.authenticator.internal;

import org.jspecify.annotations.Nullable;
import org.latchkey.key.RegistrationKeys;
import org.latchkey.registration.RegisterRequest;

/**
 * The realm a request is challenged for. The provider's own is remembered, so that challenging goes
 * on while the provider is away: it needs no key.
 */
final class Realms {

  private volatile @Nullable Realm remembered;

  /** The PBX's realm, else the one keys are issued for, else null: nobody ever said. */
  @Nullable Realm of(RegisterRequest request, @Nullable RegistrationKeys keys) {
    Realm known = remembered;
    if (keys != null) {
      String name = keys.defaultRealm();
      if (known == null || !known.name().equals(name)) {
        known = new Realm(name);
        remembered = known;
      }
    }
    if (request.realm().isEmpty()) {
      return known;
    }
    String own = request.realm().get();
    return known != null && known.name().equals(own) ? known : new Realm(own);
  }
}
