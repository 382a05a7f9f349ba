package org.latchkey.backup.internal;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.crypto.threshold.SecretShare;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter;
import org.bouncycastle.crypto.threshold.ShamirSplitSecret;
import org.bouncycastle.crypto.threshold.ShamirSplitSecretShare;
import org.latchkey.keyscheme.HmacPrf;
import org.latchkey.keyscheme.Kdf;
import org.latchkey.keyscheme.Prf;

/** The random key of one backup, 256 bit, of which nothing but its shares is kept. */
final class BackupKey implements AutoCloseable {

  private static final ShamirSecretSplitter.Algorithm FIELD = ShamirSecretSplitter.Algorithm.AES;
  private static final String ENCRYPTING = "lk1/be";
  private static final String SIGNING = "lk1/bm";

  private final byte[] bytes;

  private BackupKey(byte[] bytes) {
    this.bytes = bytes;
  }

  static BackupKey random(SecureRandom random) {
    byte[] bytes = new byte[Share.SECRET_BYTES];
    random.nextBytes(bytes);
    return new BackupKey(bytes);
  }

  /**
   * Splits it, byte by byte over GF(2^8) (Shamir, CACM 22(11), 1979).
   *
   * @return shares with the numbers from 1, the caller's to close
   */
  List<Share> split(byte[] backup, int shares, int threshold, SecureRandom random) {
    ShamirSecretSplitter splitter =
        ShamirSecretSplitter.getInstance(FIELD, Share.SECRET_BYTES, random);
    List<Share> split = new ArrayList<>();
    try {
      for (SecretShare one : splitter.resplit(bytes, threshold, shares).getSecretShares()) {
        byte[] secret = one.getEncoded();
        split.add(Share.of(backup, threshold, split.size() + 1, secret));
        Arrays.fill(secret, (byte) 0);
      }
      return split;
    } catch (IOException e) {
      throw new IllegalStateException("shares in memory have bytes", e);
    }
  }

  /** The key that as many shares as its threshold are of, each with another number. */
  static BackupKey of(Collection<Share> shares) {
    List<byte[]> secrets = new ArrayList<>();
    try {
      ShamirSplitSecretShare[] parts = new ShamirSplitSecretShare[shares.size()];
      for (Share share : shares) {
        byte[] secret = share.secret();
        parts[secrets.size()] = new ShamirSplitSecretShare(secret, share.number());
        secrets.add(secret);
      }
      return new BackupKey(ShamirSplitSecret.getInstance(FIELD, parts).getSecret());
    } catch (IOException e) {
      throw new IllegalStateException("shares in memory have bytes", e);
    } finally {
      secrets.forEach(secret -> Arrays.fill(secret, (byte) 0));
    }
  }

  /** The key that encrypts a part, used for nothing else; the caller's to wipe. */
  byte[] encrypting(String part) {
    return derived(ENCRYPTING, part);
  }

  /** The key that authenticates a part; the caller's to wipe. */
  byte[] signing(String part) {
    return derived(SIGNING, part);
  }

  private byte[] derived(String label, String part) {
    try (Prf prf = new HmacPrf(bytes)) {
      return Kdf.derive(prf, label, new Kdf.Context().field(part).toBytes());
    }
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }
}
