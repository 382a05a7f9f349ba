package org.latchkey.pbx.http.internal.asterisk;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.latchkey.door.DoorAnswer;
import org.latchkey.key.Secret;

/**
 * One row as {@code res_config_curl} reads it: {@code name=value} with ampersands between them. Its
 * bytes hold an HA1, which never becomes a string; they are wiped when it is closed.
 */
final class Row implements AutoCloseable {

  private static final int MAX_BYTES = 4_096;

  private final ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES);

  /** Adds a column. */
  Row with(String name, String value) {
    name(name);
    String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    bytes.put(encoded.getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  /**
   * Adds a column whose value is a text that needs no encoding, and a secret of such characters.
   */
  Row with(String name, String start, Secret secret) {
    name(name);
    byte[] copy = secret.copy();
    bytes.put(start.getBytes(StandardCharsets.US_ASCII)).put(copy);
    Arrays.fill(copy, (byte) 0);
    return this;
  }

  /** The row as an answer. */
  DoorAnswer toAnswer() {
    byte[] all = Arrays.copyOf(bytes.array(), bytes.position());
    try {
      return DoorAnswer.of(200, "text/plain", Secret.copyOf(all));
    } finally {
      Arrays.fill(all, (byte) 0);
    }
  }

  @Override
  public void close() {
    Arrays.fill(bytes.array(), (byte) 0);
  }

  private void name(String name) {
    if (bytes.position() > 0) {
      bytes.put((byte) '&');
    }
    bytes.put(name.getBytes(StandardCharsets.US_ASCII)).put((byte) '=');
  }
}
