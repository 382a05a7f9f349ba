package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import org.latchkey.files.OwnerFile;
import org.latchkey.sealing.AgentKey;

/**
 * The key that signs exports to registrar nodes, and the number of the last one. A number is at
 * least the time in milliseconds, so that after a restore, too, it is greater than all before.
 */
final class ExportKey {

  static final String KEY = "registrar-export.key";
  static final String NUMBER = "registrar-export.number";

  private final OwnerFile keyFile;
  private final OwnerFile numberFile;
  private final Clock clock;
  private final SecureRandom random;

  ExportKey(Path folder, Clock clock, SecureRandom random) {
    keyFile = new OwnerFile(folder, KEY);
    numberFile = new OwnerFile(folder, NUMBER);
    this.clock = clock;
    this.random = random;
  }

  /**
   * The key, the caller's to close: a new one when none was kept.
   *
   * @throws IOException when it can't be read
   */
  AgentKey key() throws IOException {
    if (!keyFile.exists()) {
      return AgentKey.random(random);
    }
    byte[] bytes = keyFile.read();
    try {
      return AgentKey.of(bytes);
    } catch (IllegalArgumentException e) {
      throw new IOException(keyFile.path() + " is damaged: bring it back from a backup", e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /**
   * The number of the next export.
   *
   * @throws IOException when the last one can't be read
   */
  long next() throws IOException {
    return Math.max(last() + 1, clock.millis());
  }

  private long last() throws IOException {
    if (!numberFile.exists()) {
      return 0;
    }
    String text = new String(numberFile.read(), StandardCharsets.US_ASCII).strip();
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IOException(numberFile.path() + " holds no number: remove it", e);
    }
  }

  /**
   * Keeps the key and the number of an export that is about to be written.
   *
   * @throws IOException when they can't be kept
   */
  void keep(AgentKey key, long number) throws IOException {
    if (!keyFile.exists()) {
      byte[] bytes = key.bytes();
      try {
        keyFile.write(bytes);
      } finally {
        Arrays.fill(bytes, (byte) 0);
      }
    }
    numberFile.write((Long.toString(number) + '\n').getBytes(StandardCharsets.US_ASCII));
  }
}
