package org.latchkey.custody;

import org.osgi.annotation.versioning.ConsumerType;

/** One master key, wherever it is. Thread-safe until closed. */
@ConsumerType
public interface MasterKey extends AutoCloseable {

  /**
   * HMAC-SHA-256 (RFC 2104) of {@code message} with this key. It is asked once for each generation,
   * purpose, realm and domain, never for a REGISTER.
   *
   * @return 32 bytes, the caller's to wipe
   * @throws java.io.UncheckedIOException when the key can't be reached
   * @throws IllegalStateException after {@link #close()}
   */
  byte[] mac(byte[] message);

  /** Ends the use of it here. Harmless when repeated. */
  @Override
  void close();
}
