package org.latchkey.shell.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.pbx.PbxConfiguration;

/** The configuration of a PBX in files of a new folder, owner-only from their first moment. */
public final class PbxFiles {

  private final Path folder;

  private PbxFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes the folder, before there is a certificate.
   *
   * @throws RequestRefusedException when there is something of this name, or it can't be made
   */
  public static PbxFiles in(Path folder) {
    try {
      Files.createDirectory(folder, owner("rwx------"));
      return new PbxFiles(folder);
    } catch (FileAlreadyExistsException e) {
      throw refused("there is %s already. Name another directory".formatted(folder));
    } catch (IOException e) {
      throw refused(FileFault.making(folder, e));
    }
  }

  /** The folder. */
  public Path path() {
    return folder;
  }

  /** What somebody makes for the folder; when he refuses, the folder goes again. */
  public <T> T unlessRefused(Supplier<T> maker) {
    boolean made = false;
    try {
      T value = maker.get();
      made = true;
      return value;
    } finally {
      if (!made) {
        discard();
      }
    }
  }

  /**
   * Writes the files; they are on disk when this returns.
   *
   * @throws RequestRefusedException when one can't be written
   */
  public void write(List<PbxConfiguration.File> files) {
    for (PbxConfiguration.File file : files) {
      Path target = folder.resolve(file.name());
      byte[] bytes = file.content().copy();
      try (FileChannel channel =
          FileChannel.open(
              target,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              owner("rw-------"))) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      } catch (IOException e) {
        throw refused(FileFault.making(target, e) + ". Remove " + folder + " and try again");
      } finally {
        Arrays.fill(bytes, (byte) 0);
      }
    }
  }

  private void discard() {
    try {
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw refused("can't remove %s again".formatted(folder));
    }
  }

  private static FileAttribute<?> owner(String rights) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights));
  }

  private static RequestRefusedException refused(String why) {
    return new RequestRefusedException("Nothing was written: %s.".formatted(why));
  }
}
