package org.latchkey.keyscheme;

/**
 * A keyed pseudo-random function, HMAC-SHA-256 (RFC 2104, FIPS 198-1): wherever the key lives, in
 * memory or in a token. Safe for use by several threads until closed.
 */
public interface Prf extends AutoCloseable {

  /** The length of an output, in bytes. */
  int OUTPUT_BYTES = 32;

  /**
   * HMAC-SHA-256 of {@code message}.
   *
   * @return 32 bytes, the caller's to wipe
   * @throws IllegalStateException after {@link #close()}
   */
  byte[] mac(byte[] message);

  /** Ends the key. Harmless when repeated. */
  @Override
  void close();
}
