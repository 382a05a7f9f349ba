package org.latchkey.store.internal;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The database file was there before, in this run, and is no more. */
final class VanishedException extends NoSuchFileException {

  private static final long serialVersionUID = 1L;

  VanishedException(Path file) {
    super(file.toString());
  }
}
