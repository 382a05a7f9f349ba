package org.latchkey.authenticator.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.keyscheme.HmacPrf;

/**
 * Makes and recognises nonces without keeping any: 44 characters of base64url.
 *
 * <pre>
 * version 1 ‖ milliseconds 6 ‖ run 6 ‖ counter 4 ‖ first 16 bytes of
 *     HMAC-SHA-256(nonce key, all before ‖ algorithm ‖ lp(realm) ‖ lp(user) ‖ lp(domain))
 * </pre>
 *
 * <p><em>run</em> is random and new whenever an authenticator begins: whatever the wall clock did
 * in between, a nonce from before is known as such. Safe for use by several threads until closed.
 */
final class Nonces implements AutoCloseable {

  /** The length of the text. */
  static final int CHARACTERS = 44;

  private static final byte VERSION = 1;
  private static final int RUN_AT = 7;
  private static final int RUN_BYTES = 6;
  private static final int COUNTER_AT = RUN_AT + RUN_BYTES;
  private static final int BODY_BYTES = COUNTER_AT + 4;
  private static final int MAC_BYTES = 16;

  private final HmacPrf key;
  private final RunClock clock;
  private final byte[] run = new byte[RUN_BYTES];
  private final AtomicInteger counter = new AtomicInteger();

  /** Takes a copy of {@code key}, which stays the caller's to wipe. */
  Nonces(byte[] key, RunClock clock, RandomGenerator random) {
    this.key = new HmacPrf(key);
    this.clock = clock;
    random.nextBytes(run);
  }

  /** A new nonce. */
  String issue(byte[] realm, DigestAlgorithm algorithm, Aor aor) {
    byte[] nonce = new byte[BODY_BYTES + MAC_BYTES];
    nonce[0] = VERSION;
    put(nonce, 1, clock.millis(), RUN_AT - 1);
    put(nonce, COUNTER_AT, counter.getAndIncrement(), BODY_BYTES - COUNTER_AT);
    System.arraycopy(run, 0, nonce, RUN_AT, RUN_BYTES);
    System.arraycopy(mac(nonce, realm, algorithm, aor), 0, nonce, BODY_BYTES, MAC_BYTES);
    return new String(Base64.getUrlEncoder().encode(nonce), StandardCharsets.ISO_8859_1);
  }

  /** The nonce in {@code text}, or null when it was not made by us for this. */
  @Nullable Nonce read(byte[] text, byte[] realm, DigestAlgorithm algorithm, Aor aor) {
    if (text.length != CHARACTERS) {
      return null;
    }
    byte[] nonce = new byte[BODY_BYTES + MAC_BYTES];
    if (!decode(text, nonce)) {
      return null;
    }
    byte[] expected = Arrays.copyOf(mac(nonce, realm, algorithm, aor), MAC_BYTES);
    byte[] given = Arrays.copyOfRange(nonce, BODY_BYTES, BODY_BYTES + MAC_BYTES);
    if (!MessageDigest.isEqual(expected, given) || nonce[0] != VERSION) {
      return null;
    }
    boolean thisRun = Arrays.equals(nonce, RUN_AT, COUNTER_AT, run, 0, RUN_BYTES);
    return new Nonce(
        thisRun, get(nonce, 1, RUN_AT - 1), (int) get(nonce, COUNTER_AT, BODY_BYTES - COUNTER_AT));
  }

  @Override
  public void close() {
    key.close();
  }

  private byte[] mac(byte[] nonce, byte[] realm, DigestAlgorithm algorithm, Aor aor) {
    byte[] user = aor.user().getBytes(StandardCharsets.UTF_8);
    byte[] domain = aor.domain().getBytes(StandardCharsets.UTF_8);
    byte[] message = new byte[BODY_BYTES + 4 + realm.length + user.length + domain.length];
    System.arraycopy(nonce, 0, message, 0, BODY_BYTES);
    message[BODY_BYTES] = (byte) algorithm.hexLength();
    int at = field(message, BODY_BYTES + 1, realm);
    at = field(message, at, user);
    field(message, at, domain);
    return key.mac(message);
  }

  /** Writes the low {@code bytes} bytes of a number, the most significant first. */
  private static void put(byte[] into, int at, long number, int bytes) {
    for (int i = 0; i < bytes; i++) {
      into[at + i] = (byte) (number >>> (8 * (bytes - 1 - i)));
    }
  }

  private static long get(byte[] from, int at, int bytes) {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number = number << 8 | (from[at + i] & 0xff);
    }
    return number;
  }

  private static int field(byte[] message, int at, byte[] field) {
    message[at] = (byte) field.length;
    System.arraycopy(field, 0, message, at + 1, field.length);
    return at + 1 + field.length;
  }

  private static boolean decode(byte[] text, byte[] nonce) {
    try {
      return Base64.getUrlDecoder().decode(text, nonce) == nonce.length;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
