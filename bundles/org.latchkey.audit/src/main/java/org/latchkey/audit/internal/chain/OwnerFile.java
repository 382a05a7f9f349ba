package org.latchkey.audit.internal.chain;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.latchkey.files.OwnerFiles;

/**
 * A small text file that only its owner can read, replaced as a whole or not at all. Written by one
 * thread at a time.
 *
 * @param path where it is
 */
record OwnerFile(Path path) {

  private static final int MOST_BYTES = 65_536;

  /** All of it; empty when there is no such file. */
  Optional<String> read() throws IOException {
    return OwnerFiles.read(path, MOST_BYTES)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /** Replaces it; bytes and name are on disk when this returns. */
  void write(String text) throws IOException {
    OwnerFiles.replace(path, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Removes it, if it is there. */
  void remove() throws IOException {
    OwnerFiles.remove(path);
  }
}
