package org.latchkey.pbx.radius.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.latchkey.files.OwnerFiles;

/**
 * The secret that a client shares with us, in a file of one line for its owner only. Read again
 * when the file changes, looked for once a second. Thread-safe.
 */
final class SharedSecret implements AutoCloseable {

  private static final int LEAST_BYTES = 16;
  private static final int MOST_BYTES = 128;
  private static final int MADE_BYTES = 20;
  private static final long LOOK_NANOS = 1_000_000_000L;
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  private final Path file;
  private final LongSupplier nanoTime;
  private byte @Nullable [] bytes;
  private @Nullable FileTime seen;
  private long looked;
  private String problem = "";

  /** The secret in {@code file}, which need not be there yet. */
  SharedSecret(Path file, LongSupplier nanoTime) {
    this.file = file;
    this.nanoTime = nanoTime;
    this.looked = nanoTime.getAsLong() - LOOK_NANOS;
  }

  /** Where the secret of a client is. */
  static Path fileOf(Path base, String client) {
    return base.resolve("latchkey").resolve("radius").resolve(client + ".secret");
  }

  /**
   * A copy of its bytes, which the caller wipes: the file may change while one is in use. Empty
   * when there is none, or it can't be used.
   */
  synchronized Optional<byte[]> bytes() {
    lookAtTimes();
    return Optional.ofNullable(bytes).map(byte[]::clone);
  }

  private void lookAtTimes() {
    long now = nanoTime.getAsLong();
    if (now - looked >= LOOK_NANOS) {
      looked = now;
      look();
    }
  }

  /** Why there is none, in words for an administrator; empty when there is one. */
  synchronized String problem() {
    lookAtTimes();
    return bytes != null ? "" : problem;
  }

  /**
   * The secret for a client's own configuration, made when there is none: 160 bit in hexadecimal
   * characters.
   *
   * @return bytes that the caller wipes
   * @throws IOException when it can't be read or made
   */
  synchronized byte[] readOrMake(RandomGenerator random) throws IOException {
    if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] word = new byte[MADE_BYTES];
      random.nextBytes(word);
      byte[] text = HexFormat.of().formatHex(word).getBytes(StandardCharsets.US_ASCII);
      OwnerFiles.replace(file, new ByteArrayInputStream(text));
      Arrays.fill(word, (byte) 0);
      Arrays.fill(text, (byte) 0);
    }
    return read()
        .orElseThrow(() -> new FileSystemException(file.toString(), null, "is there no longer"));
  }

  private void look() {
    try {
      FileTime changed = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
      if (bytes == null || !changed.equals(seen)) {
        byte[] found = read().orElse(null);
        close();
        bytes = found;
        seen = changed;
      }
    } catch (IOException e) {
      close();
      problem =
          Files.notExists(file, LinkOption.NOFOLLOW_LINKS)
              ? "there is no " + file
              : String.valueOf(e.getMessage());
    }
  }

  private Optional<byte[]> read() throws IOException {
    Optional<byte[]> read = OwnerFiles.read(file, MOST_BYTES + 2);
    if (read.isEmpty()) {
      return read;
    }
    byte[] text = read.get();
    try {
      if (!Collections.disjoint(Files.getPosixFilePermissions(file), OTHERS)) {
        throw new FileSystemException(file.toString(), null, "others may read it: chmod 600");
      }
      int end = text.length;
      while (end > 0 && (text[end - 1] == '\n' || text[end - 1] == '\r')) {
        end--;
      }
      for (int i = 0; i < end; i++) {
        if (text[i] <= ' ' || text[i] > '~') {
          throw new FileSystemException(file.toString(), null, "is not one line of visible ASCII");
        }
      }
      if (end < LEAST_BYTES || end > MOST_BYTES) {
        throw new FileSystemException(
            file.toString(), null, "has not 16 to 128 characters: openssl rand -hex 20");
      }
      return Optional.of(Arrays.copyOf(text, end));
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  /** Wipes it. */
  @Override
  public synchronized void close() {
    byte[] held = bytes;
    bytes = null;
    if (held != null) {
      Arrays.fill(held, (byte) 0);
    }
  }
}
