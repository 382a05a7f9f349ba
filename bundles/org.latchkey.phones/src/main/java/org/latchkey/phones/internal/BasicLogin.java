package org.latchkey.phones.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.latchkey.door.DoorRequest;
import org.latchkey.key.KeyRequest;
import org.latchkey.key.Secret;

/** The provisioning login of an Authorization header of scheme Basic (RFC 7617). */
final class BasicLogin {

  private static final String SCHEME = "Basic ";

  private BasicLogin() {}

  /** The login, the caller's to close; empty when there is none or it can't be read. */
  static Optional<KeyRequest.Login> of(DoorRequest request) {
    return request
        .header("Authorization")
        .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .flatMap(value -> decoded(value.substring(SCHEME.length()).trim()));
  }

  private static Optional<KeyRequest.Login> decoded(String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    byte[] password = {};
    try {
      int colon = indexOfColon(bytes);
      if (colon <= 0) {
        return Optional.empty();
      }
      String name = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes, 0, colon)).toString();
      password = Arrays.copyOfRange(bytes, colon + 1, bytes.length);
      return Optional.of(new KeyRequest.Login(name, Secret.copyOf(password)));
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(password, (byte) 0);
    }
  }

  private static int indexOfColon(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == ':') {
        return i;
      }
    }
    return -1;
  }
}
