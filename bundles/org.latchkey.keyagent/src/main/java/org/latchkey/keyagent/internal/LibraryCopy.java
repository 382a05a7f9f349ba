package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/**
 * A vendor's library under a name that no process has loaded: the JDK remembers libraries by their
 * paths, and loads each once. It is not needed any more when it is loaded.
 *
 * @param file the copy
 */
record LibraryCopy(Path file) implements AutoCloseable {

  /** Copies a library to a folder, for its owner alone. */
  static LibraryCopy of(Path library, Path folder) throws IOException {
    LibraryCopy copy = new LibraryCopy(folder.resolve("pkcs11-" + UUID.randomUUID() + ".so"));
    try {
      Files.createFile(
          copy.file(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      try (OutputStream out = Files.newOutputStream(copy.file())) {
        Files.copy(library, out);
      }
      return copy;
    } catch (IOException e) {
      copy.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
