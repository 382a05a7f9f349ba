package org.latchkey.shell.internal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What is wrong with a file that somebody named, in words. */
final class FileFault {

  private FileFault() {}

  /** Why {@code file} can't be read, as the end of a sentence and the beginning of the next. */
  static String reading(Path file, IOException fault) {
    if (fault instanceof NoSuchFileException) {
      return "there is no file %s on the machine that runs Karaf. Name one that is there"
          .formatted(file);
    }
    return "can't read %s: %s".formatted(file, why(fault));
  }

  /** Why {@code file} can't be made, as the end of a sentence and the beginning of the next. */
  static String making(Path file, IOException fault) {
    if (fault instanceof NoSuchFileException) {
      return "there is no directory %s on the machine that runs Karaf. Name one that is there"
          .formatted(file.resolveSibling(""));
    }
    return "can't make %s: %s".formatted(file, why(fault));
  }

  private static String why(IOException fault) {
    if (fault instanceof AccessDeniedException) {
      return "the user that runs Karaf may not. Give it the right, or name another file";
    }
    if (fault instanceof FileSystemException named && named.getReason() != null) {
      return named.getReason();
    }
    return String.valueOf(fault.getMessage());
  }
}
