package org.latchkey.backup.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One part of a backup on disk, {@code NAME.backup}: the header, the content encrypted with AES-256
 * in counter mode, and an HMAC-SHA-256 of both. Both keys are used for this file alone, so that the
 * counter begins at 0.
 *
 * @param path where it is
 * @param part the part's name
 */
record SealedFile(Path path, String part) {

  static final String ENDING = ".backup";
  static final int MAC_BYTES = 32;
  private static final int BLOCK_BYTES = 16;

  static SealedFile in(Path directory, String part) {
    return new SealedFile(directory.resolve(part + ENDING), part);
  }

  boolean exists() {
    return Files.exists(path);
  }

  /** Begins to write it. */
  SealingStream writing(BackupKey key, Header header) throws IOException {
    return new SealingStream(path, header.toBytes(), cipher(key, Cipher.ENCRYPT_MODE), mac(key));
  }

  /** Begins to read what follows the header; nothing is known to be true before its end. */
  OpeningStream reading(BackupKey key, Header header) throws IOException {
    return new OpeningStream(path, header.toBytes(), cipher(key, Cipher.DECRYPT_MODE), mac(key));
  }

  /**
   * Reads all of it.
   *
   * @throws IOException when it can't be read, or is not what was written
   */
  void verify(BackupKey key, Header header) throws IOException {
    try (OpeningStream in = reading(key, header)) {
      in.end();
    }
  }

  private Cipher cipher(BackupKey key, int mode) {
    byte[] bytes = key.encrypting(part);
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          mode, new SecretKeySpec(bytes, "AES"), new IvParameterSpec(new byte[BLOCK_BYTES]));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES in counter mode", e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private Mac mac(BackupKey key) {
    byte[] bytes = key.signing(part);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
