package org.latchkey.pbx.http.internal.freeswitch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.latchkey.files.OwnerFiles;
import org.latchkey.key.Secret;

/**
 * The password of FreeSWITCH's event socket: 160 bit in hexadecimal characters, in an owner-only
 * file. It is made with FreeSWITCH's first configuration and stays; where it is not there, there is
 * no FreeSWITCH.
 */
final class EventSocketPassword {

  private static final int BYTES = 20;

  private final Path file;
  private final RandomGenerator random;

  EventSocketPassword(Path base) {
    this(base.resolve("latchkey").resolve("freeswitch.event-socket"), new SecureRandom());
  }

  EventSocketPassword(Path file, RandomGenerator random) {
    this.file = file;
    this.random = random;
  }

  /** Whether it was made. */
  boolean isThere() {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * The password, for the caller to close.
   *
   * @throws IOException when there is none, or it can't be read
   */
  Secret read() throws IOException {
    return found().orElseThrow(() -> new IOException("there is no " + file));
  }

  /**
   * The password, made when there is none, for the caller to close.
   *
   * @throws IOException when it can't be read or made
   */
  synchronized Secret readOrMake() throws IOException {
    Optional<Secret> found = found();
    if (found.isPresent()) {
      return found.get();
    }
    byte[] word = new byte[BYTES];
    random.nextBytes(word);
    byte[] text = HexFormat.of().formatHex(word).getBytes(StandardCharsets.US_ASCII);
    try {
      OwnerFiles.replace(file, new ByteArrayInputStream(text));
      return Secret.copyOf(text);
    } finally {
      Arrays.fill(word, (byte) 0);
      Arrays.fill(text, (byte) 0);
    }
  }

  private Optional<Secret> found() throws IOException {
    Optional<byte[]> text = OwnerFiles.read(file, 2 * BYTES);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    byte[] word = text.get();
    boolean hex = word.length == 2 * BYTES;
    for (byte b : word) {
      hex &= Character.digit(b, 16) >= 0;
    }
    if (!hex) {
      throw new IOException(
          file
              + " does not hold 40 hexadecimal characters; remove it, and write FreeSWITCH's"
              + " configuration anew");
    }
    Secret secret = Secret.copyOf(word);
    Arrays.fill(word, (byte) 0);
    return Optional.of(secret);
  }
}
