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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.latchkey.custody.KeyCustody;
import org.latchkey.custody.MasterKey;
import org.latchkey.files.OwnerFile;
import org.latchkey.key.Secret;
import org.latchkey.keyscheme.Base32;
import org.latchkey.keyscheme.HmacPrf;
import org.latchkey.keyscheme.KeyIdentifier;

/**
 * The keystore of the enterprise master key, PKCS #12 (RFC 7292) with one secret key per
 * generation, {@code generation-1} and so on, and beside it the file with its passphrase. Sealed,
 * it has no such file: an administrator types the passphrase after each start.
 */
final class KeystoreFile implements KeyCustody, AutoCloseable {

  static final String NAME = "keystore";
  static final String FILE = "master.p12";
  static final String PASSPHRASE = "master.pass";

  private static final int KEY_BYTES = 32;
  private static final int PASSPHRASE_CHARACTERS = 52;
  private static final int LEAST_TYPED = 12;
  private static final Pattern ALIAS = Pattern.compile("generation-(\\d{1,4})");

  private final OwnerFile keystore;
  private final OwnerFile passphrase;
  private final boolean typed;
  private final SecureRandom random;
  private @Nullable Secret given;

  /**
   * The keystore below a folder.
   *
   * @param typed whether its passphrase is typed instead of being read from a file
   */
  KeystoreFile(Path folder, boolean typed, SecureRandom random) {
    keystore = new OwnerFile(folder, FILE);
    passphrase = new OwnerFile(folder, PASSPHRASE);
    this.typed = typed;
    this.random = random;
  }

  /** Another one in an empty folder, which opens by the same passphrase if that is typed. */
  synchronized KeystoreFile twinIn(Path folder) {
    KeystoreFile twin = new KeystoreFile(folder, typed, random);
    if (given != null) {
      byte[] bytes = given.copy();
      twin.given = Secret.copyOf(bytes);
      Arrays.fill(bytes, (byte) 0);
    }
    return twin;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String place() {
    return typed ? keystore.path().toString() : keystore.path() + " and " + passphrase.path();
  }

  @Override
  public synchronized boolean sealed() {
    return typed && given == null;
  }

  @Override
  public synchronized void unseal(Secret typedNow) throws IOException {
    if (!typed) {
      throw new IOException("its passphrase is read from " + passphrase.path());
    }
    if (!exists() && typedNow.length() < LEAST_TYPED) {
      throw new IOException("a new passphrase has at least " + LEAST_TYPED + " characters");
    }
    Secret before = given;
    byte[] bytes = typedNow.copy();
    given = Secret.copyOf(bytes);
    Arrays.fill(bytes, (byte) 0);
    try {
      if (exists()) {
        read(store -> store.size());
      }
      if (before != null) {
        before.close();
      }
    } catch (IOException e) {
      given.close();
      given = before;
      throw e;
    }
  }

  @Override
  public boolean exists() {
    return keystore.exists();
  }

  @Override
  public String stamp() {
    return keystore.stamp() + '|' + passphrase.stamp();
  }

  @Override
  public synchronized void create(int generation) throws IOException {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    put(generation, key);
  }

  @Override
  public synchronized void adopt(int generation, Secret key) throws IOException {
    put(generation, key.copy());
  }

  /** Takes ownership of the key. The passphrase is on disk first, so that the keystore opens. */
  private void put(int generation, byte[] key) throws IOException {
    try {
      if (!keystore.exists() && !typed) {
        writePassphrase();
      }
      change(
          (store, protection) -> {
            if (store.containsAlias(alias(generation))) {
              throw new IOException(keystore.path() + " has a generation " + generation);
            }
            SecretKeySpec secret = new SecretKeySpec(key, "HmacSHA256");
            store.setEntry(alias(generation), new KeyStore.SecretKeyEntry(secret), protection);
          });
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private void writePassphrase() throws IOException {
    byte[] seed = new byte[KEY_BYTES + 1];
    random.nextBytes(seed);
    byte[] pass = Base32.encode(seed, PASSPHRASE_CHARACTERS);
    try {
      passphrase.write(pass);
    } finally {
      Arrays.fill(seed, (byte) 0);
      Arrays.fill(pass, (byte) 0);
    }
  }

  /** Removes the files with the last key. */
  @Override
  public synchronized void remove(int generation) throws IOException {
    if (!exists()) {
      return;
    }
    boolean last = read(store -> store.size() == 1 && store.containsAlias(alias(generation)));
    if (last) {
      keystore.delete();
      passphrase.delete();
    } else {
      change((store, protection) -> store.deleteEntry(alias(generation)));
    }
  }

  @Override
  public synchronized Optional<Secret> copy(int generation) throws IOException {
    try (KeyBytes bytes = new KeyBytes(read(this::keys))) {
      return Optional.ofNullable(bytes.keys().get(generation)).map(Secret::copyOf);
    }
  }

  @Override
  public synchronized Map<Integer, MasterKey> open() throws IOException {
    try (KeyBytes bytes = new KeyBytes(read(this::keys))) {
      if (bytes.keys().isEmpty()) {
        throw new IOException(keystore.path() + " holds no usable master key");
      }
      Map<Integer, MasterKey> keys = new TreeMap<>();
      bytes.keys().forEach((number, key) -> keys.put(number, new KeyInMemory(new HmacPrf(key))));
      return keys;
    }
  }

  /** Forgets a typed passphrase. */
  @Override
  public synchronized void close() {
    if (given != null) {
      given.close();
    }
  }

  private Map<Integer, byte[]> keys(KeyStore store) throws IOException, GeneralSecurityException {
    Map<Integer, byte[]> keys = new TreeMap<>();
    char[] characters = passphrase();
    try {
      for (String alias : Collections.list(store.aliases())) {
        Matcher matcher = ALIAS.matcher(alias);
        if (matcher.matches()) {
          keys.put(generation(matcher), bytes(store.getKey(alias, characters)));
        }
      }
      return keys;
    } finally {
      Arrays.fill(characters, '\0');
    }
  }

  /** What is asked of the keystore. */
  private interface Question<T> {
    T of(KeyStore store) throws IOException, GeneralSecurityException;
  }

  private <T> T read(Question<T> question) throws IOException {
    char[] characters = passphrase();
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(keystore.read()), characters);
      return question.of(store);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(keystore.path() + " holds no usable master key", e);
    } finally {
      Arrays.fill(characters, '\0');
    }
  }

  /** A change of what is in the keystore. */
  private interface Change {
    void of(KeyStore store, KeyStore.PasswordProtection protection)
        throws IOException, GeneralSecurityException;
  }

  private void change(Change change) throws IOException {
    char[] characters = passphrase();
    KeyStore.PasswordProtection protection = new KeyStore.PasswordProtection(characters);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      boolean existing = keystore.exists();
      store.load(existing ? new ByteArrayInputStream(keystore.read()) : null, characters);
      change.of(store, protection);
      ByteArrayOutputStream encrypted = new ByteArrayOutputStream();
      store.store(encrypted, characters);
      keystore.write(encrypted.toByteArray());
    } catch (GeneralSecurityException e) {
      throw new IOException("the keystore " + keystore.path() + " can't be changed", e);
    } finally {
      Arrays.fill(characters, '\0');
    }
  }

  private char[] passphrase() throws IOException {
    if (typed && given == null) {
      throw new IOException("it is sealed: type latchkey:unseal");
    }
    byte[] pass = given == null ? passphrase.read() : given.copy();
    try {
      return Passphrases.characters(pass);
    } finally {
      Arrays.fill(pass, (byte) 0);
    }
  }

  private static String alias(int generation) {
    return "generation-" + generation;
  }

  private static int generation(Matcher alias) {
    int number = Integer.parseInt(alias.group(1));
    if (number > KeyIdentifier.MAX_GENERATION) {
      throw new IllegalArgumentException("a generation is a number from 0 to 1023");
    }
    return number;
  }

  private static byte[] bytes(Key key) {
    byte[] encoded = key.getEncoded();
    if (encoded == null || encoded.length != KEY_BYTES) {
      throw new IllegalArgumentException("a master key has 32 bytes");
    }
    return encoded;
  }
}
