package org.latchkey.keyscheme;

import java.util.Arrays;
import java.util.HexFormat;
import org.latchkey.key.Aor;
import org.latchkey.key.KeyPurpose;

/**
 * The derivations of the key scheme, version 1. These bytes never change once phones hold secrets;
 * the committed vectors hold them in place.
 */
public final class KeyScheme {

  /** The characters of a secret key: 130 bit in base32. */
  public static final int SECRET_CHARACTERS = 26;

  private static final int CHECK_BYTES = 16;

  private KeyScheme() {}

  /**
   * The subkey of a generation for one purpose, realm and domain.
   *
   * @return 32 bytes, the caller's to wipe
   */
  public static byte[] subkey(
      Prf masterKey, String enterprise, KeyPurpose purpose, String realm, String domain) {
    byte[] context =
        new Kdf.Context()
            .field(enterprise)
            .field(purpose.label())
            .field(realm)
            .field(domain)
            .toBytes();
    return Kdf.derive(masterKey, "lk1/k", context);
  }

  /**
   * The secret key of a key identifier for one user; under the subkey of purpose {@code
   * provisioning}, the password of its provisioning login.
   *
   * @param subkey of the identifier's generation, and of the realm and domain
   * @return 26 base32 characters in ASCII, the caller's to wipe
   */
  public static byte[] secret(Prf subkey, KeyIdentifier keyIdentifier, String user) {
    Kdf.Context context = new Kdf.Context().field(keyIdentifier.bytes()).field(user);
    byte[] derived = Kdf.derive(subkey, "lk1/s", context);
    byte[] secret = Base32.encode(derived, SECRET_CHARACTERS);
    Arrays.fill(derived, (byte) 0);
    return secret;
  }

  /**
   * The unique part of a derived key identifier.
   *
   * @param subkey of purpose {@code identifier}
   * @param device the canonical device identifier
   * @param line 1 to 255
   * @param issueCounter how many keys this device, line and AOR had before, from 0
   * @throws IllegalArgumentException when line or counter are out of range
   * @return 32 bytes, of which the first bits count
   */
  public static byte[] derivedUnique(
      Prf subkey, String device, Aor aor, int line, int issueCounter) {
    if (line < 1) {
      throw new IllegalArgumentException("a line is a number from 1 to 255");
    }
    byte[] context =
        new Kdf.Context()
            .field(device)
            .field(aor.user())
            .field(aor.domain())
            .octet(line)
            .number(issueCounter)
            .toBytes();
    return Kdf.derive(subkey, "lk1/i", context);
  }

  /** A public value, 32 hexadecimal characters, that tells a master key from any other. */
  public static String checkValue(Prf masterKey, String enterprise) {
    byte[] derived = Kdf.derive(masterKey, "lk1/c", new Kdf.Context().field(enterprise).toBytes());
    return HexFormat.of().formatHex(derived, 0, CHECK_BYTES);
  }
}
