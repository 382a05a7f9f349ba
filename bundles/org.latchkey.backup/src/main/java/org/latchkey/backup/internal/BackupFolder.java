package org.latchkey.backup.internal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latchkey.key.RequestRefusedException;

/** A folder with the files of one backup. */
final class BackupFolder {

  private BackupFolder() {}

  /**
   * What its files begin with.
   *
   * @throws RequestRefusedException when it holds no backup, or parts of several
   */
  static Header headerOf(Path folder) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, '*' + SealedFile.ENDING)) {
      all.forEach(files::add);
    } catch (IOException e) {
      throw refused("there is no directory %s. Name that of a backup".formatted(folder));
    }
    files.sort(null);
    if (!Files.exists(SealedFile.in(folder, PartSource.KEYS).path())) {
      throw refused(
          ("%s has no keys.backup, without which there is nothing to restore. Name the directory of"
                  + " a backup")
              .formatted(folder));
    }
    Header first = header(files.get(0));
    for (Path file : files) {
      Header header = header(file);
      if (!Arrays.equals(header.toBytes(), first.toBytes())) {
        throw refused(
            "%s is of backup %s, %s of backup %s. Keep each backup in a directory of its own"
                .formatted(
                    files.get(0).getFileName(),
                    first.backup(),
                    file.getFileName(),
                    header.backup()));
      }
    }
    return first;
  }

  private static Header header(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return Header.read(in);
    } catch (IOException e) {
      throw refused("%s can't be read: %s. Take another copy".formatted(file, Fault.of(e)));
    }
  }

  private static RequestRefusedException refused(String why) {
    return new RequestRefusedException("Nothing was restored: " + why + ".");
  }
}
