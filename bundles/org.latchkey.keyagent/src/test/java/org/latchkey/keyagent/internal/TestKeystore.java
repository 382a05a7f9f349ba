package org.latchkey.keyagent.internal;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import javax.crypto.spec.SecretKeySpec;

/** An administrator with keytool. */
final class TestKeystore {

  private TestKeystore() {}

  /** The keystore of a folder. */
  static KeystoreFile in(Path folder) {
    return new KeystoreFile(folder, false, new SecureRandom());
  }

  static void addGeneration(Path folder, int number) throws Exception {
    char[] passphrase = Files.readString(folder.resolve("master.pass")).toCharArray();
    Path file = folder.resolve("master.p12");
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, passphrase);
    }
    byte[] key = new byte[32];
    key[0] = (byte) number;
    store.setEntry(
        "generation-" + number,
        new KeyStore.SecretKeyEntry(new SecretKeySpec(key, "HmacSHA256")),
        new KeyStore.PasswordProtection(passphrase));
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, passphrase);
    }
  }
}
