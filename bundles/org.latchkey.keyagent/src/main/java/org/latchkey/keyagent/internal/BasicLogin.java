package org.latchkey.keyagent.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.latchkey.key.KeyRequest;
import org.latchkey.key.Secret;

/** A provisioning login in an Authorization header of scheme Basic (RFC 7617). */
final class BasicLogin {

  private static final String SCHEME = "Basic ";

  private BasicLogin() {}

  /** The login, whose password the caller closes; empty when the header is no such thing. */
  static Optional<KeyRequest.Login> of(String header) {
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    int colon = 0;
    while (colon < decoded.length && decoded[colon] != ':') {
      colon++;
    }
    if (colon == decoded.length) {
      return Optional.empty();
    }
    byte[] password = Arrays.copyOfRange(decoded, colon + 1, decoded.length);
    String name = new String(decoded, 0, colon, StandardCharsets.UTF_8);
    KeyRequest.Login login = new KeyRequest.Login(name, Secret.copyOf(password));
    Arrays.fill(password, (byte) 0);
    Arrays.fill(decoded, (byte) 0);
    return Optional.of(login);
  }
}
