package org.latchkey.backup.internal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What is wrong with a file, in words. */
final class Fault {

  private Fault() {}

  /** As the middle of a sentence. */
  static String of(IOException e) {
    if (e instanceof AccessDeniedException denied) {
      return "the user that runs Karaf may not use " + denied.getFile();
    }
    if (e instanceof NoSuchFileException missing) {
      return "there is no " + missing.getFile();
    }
    if (e instanceof FileSystemException named && named.getReason() != null) {
      return named.getFile() + ": " + named.getReason();
    }
    return String.valueOf(e.getMessage());
  }
}
