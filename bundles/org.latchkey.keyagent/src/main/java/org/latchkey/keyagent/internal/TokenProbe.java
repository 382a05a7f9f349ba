package org.latchkey.keyagent.internal;

import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import javax.security.auth.login.FailedLoginException;

/**
 * Opens a PKCS #11 token through the JDK; and, as a program of its own, says by its exit code
 * whether a token is there. It uses nothing but the JDK, so that one class file is enough.
 */
final class TokenProbe {

  /** The exit code for a PIN that the token did not take. */
  static final int WRONG_PIN = 3;

  private TokenProbe() {}

  /**
   * Exit code 0 when the token opens, {@link #WRONG_PIN}, or another.
   *
   * @param arguments library, slot list index, and whether one without keys counts as none; the PIN
   *     comes on standard input
   */
  public static void main(String[] arguments) throws Exception {
    byte[] pin = System.in.readAllBytes();
    System.exit(code(arguments, pin));
  }

  private static int code(String[] arguments, byte[] pin) {
    try {
      Provider provider = provider("probe", arguments[0], Integer.parseInt(arguments[1]));
      boolean keys = open(provider, pin).aliases().hasMoreElements();
      return keys || !Boolean.parseBoolean(arguments[2]) ? 0 : 1;
    } catch (Exception e) {
      return isWrongPin(e) ? WRONG_PIN : 2;
    }
  }

  /** Whether the token refused a PIN; it has counted a try then. */
  static boolean isWrongPin(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof FailedLoginException
          || String.valueOf(cause.getMessage()).contains("CKR_PIN_")) {
        return true;
      }
    }
    return false;
  }

  /**
   * A provider for one slot. Keys that it makes or takes over are HMAC keys that never leave.
   *
   * @throws java.security.ProviderException when the library or slot can't be used
   */
  static Provider provider(String name, String library, int slotListIndex) {
    String settings =
        """
        --name = %s
        library = %s
        slotListIndex = %d
        destroyTokenAfterLogout = true
        attributes(*, CKO_SECRET_KEY, *) = {
          CKA_SENSITIVE = true
          CKA_EXTRACTABLE = false
          CKA_SIGN = true
          CKA_VERIFY = true
          CKA_ENCRYPT = false
          CKA_DECRYPT = false
          CKA_WRAP = false
          CKA_UNWRAP = false
          CKA_DERIVE = false
        }
        """
            .formatted(name, library, slotListIndex);
    return Security.getProvider("SunPKCS11").configure(settings);
  }

  /** Logs in and gives the token's objects. */
  static KeyStore open(Provider provider, byte[] pin) throws Exception {
    char[] characters = new String(pin, StandardCharsets.UTF_8).strip().toCharArray();
    try {
      KeyStore objects = KeyStore.getInstance("PKCS11", provider);
      objects.load(null, characters);
      return objects;
    } finally {
      Arrays.fill(characters, '\0');
    }
  }
}
