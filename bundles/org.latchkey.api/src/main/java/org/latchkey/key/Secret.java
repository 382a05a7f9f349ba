package org.latchkey.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Bytes that must not be seen: a secret key, a password, a one-time code.
 *
 * <p>The holder owns the bytes and ends them with {@link #close()}; whoever receives a copy owns
 * the copy. {@link #toString()} never shows them. Not thread-safe against a concurrent {@code
 * close()}.
 */
public final class Secret implements AutoCloseable {

  private final byte[] bytes;
  private boolean closed;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A secret of a copy of {@code bytes}; the caller keeps, and should wipe, its own array. */
  public static Secret copyOf(byte[] bytes) {
    return new Secret(bytes.clone());
  }

  /** A secret of {@code text} in UTF-8, for text that arrived as a string from the network. */
  public static Secret ofText(CharSequence text) {
    return new Secret(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A copy of the bytes, for the caller to wipe.
   *
   * @throws IllegalStateException after {@link #close()}
   */
  public byte[] copy() {
    requireOpen();
    return bytes.clone();
  }

  /** The length in bytes. */
  public int length() {
    return bytes.length;
  }

  /**
   * Whether both hold the same bytes, compared in constant time for equal lengths.
   *
   * @throws IllegalStateException after {@link #close()} of either
   */
  public boolean matches(Secret other) {
    requireOpen();
    other.requireOpen();
    return MessageDigest.isEqual(bytes, other.bytes);
  }

  /** Wipes the bytes. Harmless when repeated. */
  @Override
  public void close() {
    closed = true;
    Arrays.fill(bytes, (byte) 0);
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "Secret[…]";
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the secret was wiped");
    }
  }
}
