package org.latchkey.assembly.internal;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Set;

/** Files and directories that only the user Karaf runs under may read. */
final class OwnerOnly {
  /** Writes what the file shall hold. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException, GeneralSecurityException;
  }

  private OwnerOnly() {}

  static FileAttribute<?> directory() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  }

  /** Replaces the file as a whole: after a power cut there is the old one or the new one. */
  static void write(Path file, Content content) throws IOException, GeneralSecurityException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try (FileChannel channel = FileChannel.open(fresh, Set.of(CREATE_NEW, WRITE), readWrite());
        OutputStream out = Channels.newOutputStream(channel)) {
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
    Files.move(fresh, file, ATOMIC_MOVE);
  }

  private static FileAttribute<?> readWrite() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  }
}
