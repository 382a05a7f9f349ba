package org.latchkey.keyagent.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collections;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.latchkey.keyscheme.Base32;
import org.latchkey.keyscheme.HmacPrf;
import org.latchkey.keyscheme.KeyIdentifier;
import org.latchkey.keyscheme.Prf;

/**
 * The keystore of the enterprise master key, PKCS #12 (RFC 7292) with one secret key per
 * generation, {@code generation-1} and so on, and beside it the file with its passphrase.
 */
final class MasterKeyFile {

  private static final int KEY_BYTES = 32;
  private static final int PASSPHRASE_CHARACTERS = 52;
  private static final Pattern ALIAS = Pattern.compile("generation-(\\d{1,4})");

  private final OwnerFile keystore;
  private final OwnerFile passphrase;

  MasterKeyFile(Path folder) {
    keystore = new OwnerFile(folder, "master.p12");
    passphrase = new OwnerFile(folder, "master.pass");
  }

  /** Both files, as an administrator would have to bring them back. */
  String names() {
    return keystore.path() + " and " + passphrase.path();
  }

  boolean exists() {
    return keystore.exists();
  }

  /** Differs whenever one of the files was replaced, written, taken away or brought back. */
  String stamp() {
    return keystore.stamp() + '|' + passphrase.stamp();
  }

  /**
   * Makes a key store with one new key of 256 bit. The passphrase is on disk first, so that a
   * keystore that exists can be opened.
   *
   * @throws IOException when a file can't be written; then there is no keystore
   */
  void create(int generation, SecureRandom random) throws IOException {
    byte[] key = new byte[KEY_BYTES];
    byte[] seed = new byte[KEY_BYTES + 1];
    random.nextBytes(key);
    random.nextBytes(seed);
    byte[] pass = Base32.encode(seed, PASSPHRASE_CHARACTERS);
    char[] characters = characters(pass);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      SecretKey secret = new SecretKeySpec(key, "HmacSHA256");
      store.setEntry(
          "generation-" + generation,
          new KeyStore.SecretKeyEntry(secret),
          new KeyStore.PasswordProtection(characters));
      ByteArrayOutputStream encrypted = new ByteArrayOutputStream();
      store.store(encrypted, characters);
      passphrase.write(pass);
      keystore.write(encrypted.toByteArray());
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java has no PKCS #12 keystore for HMAC keys", e);
    } finally {
      Arrays.fill(key, (byte) 0);
      Arrays.fill(seed, (byte) 0);
      Arrays.fill(pass, (byte) 0);
      Arrays.fill(characters, '\0');
    }
  }

  /**
   * Opens the keystore.
   *
   * @throws IOException when a file is missing, can't be opened, or holds no generation
   */
  MasterKeys load() throws IOException {
    byte[] pass = passphrase.read();
    char[] characters = characters(pass);
    TreeMap<Integer, Prf> keys = new TreeMap<>();
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(keystore.read()), characters);
      for (String alias : Collections.list(store.aliases())) {
        Matcher matcher = ALIAS.matcher(alias);
        if (matcher.matches()) {
          keys.put(generation(matcher), prf(store.getKey(alias, characters)));
        }
      }
      return new MasterKeys(keys);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      keys.values().forEach(Prf::close);
      throw new IOException(keystore.path() + " holds no usable master key", e);
    } finally {
      Arrays.fill(pass, (byte) 0);
      Arrays.fill(characters, '\0');
    }
  }

  private static int generation(Matcher alias) {
    int number = Integer.parseInt(alias.group(1));
    if (number > KeyIdentifier.MAX_GENERATION) {
      throw new IllegalArgumentException("a generation is a number from 0 to 1023");
    }
    return number;
  }

  private static Prf prf(Key key) {
    byte[] encoded = key.getEncoded();
    if (encoded == null || encoded.length != KEY_BYTES) {
      throw new IllegalArgumentException("a master key has 32 bytes");
    }
    try {
      return new HmacPrf(encoded);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  /** Without the line end that an editor may have added. */
  private static char[] characters(byte[] pass) {
    int length = pass.length;
    while (length > 0 && pass[length - 1] <= ' ') {
      length--;
    }
    char[] characters = new char[length];
    for (int i = 0; i < length; i++) {
      characters[i] = (char) (pass[i] & 0xff);
    }
    return characters;
  }
}
