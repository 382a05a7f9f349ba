package org.latchkey.authenticator.internal;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.latchkey.key.RegistrationKeys;
import org.latchkey.registration.RegisterRequest;

/**
 * The realm a request is challenged for. The provider's own is remembered, so that challenging goes
 * on while the provider is away: it needs no key.
 */
final class Realms {

  private static final int MAX_BYTES = 255;

  private volatile @Nullable String remembered;

  /** The PBX's realm, else the one keys are issued for, else null: nobody ever said. */
  @Nullable String of(RegisterRequest request, @Nullable RegistrationKeys keys) {
    if (request.realm().isPresent()) {
      return request.realm().get();
    }
    if (keys != null) {
      String realm = keys.defaultRealm();
      if (!realm.equals(remembered)) {
        remembered = realm;
      }
      return realm;
    }
    return remembered;
  }

  /** Whether a realm reads the same to every phone: no quotation mark, backslash or control. */
  static boolean isUsable(String realm) {
    for (int i = 0; i < realm.length(); i++) {
      char c = realm.charAt(i);
      if (c < 0x20 || c == 0x7f || c == '"' || c == '\\') {
        return false;
      }
    }
    int length = realm.getBytes(StandardCharsets.UTF_8).length;
    return length > 0 && length <= MAX_BYTES;
  }
}
