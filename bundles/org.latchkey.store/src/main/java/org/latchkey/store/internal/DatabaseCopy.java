package org.latchkey.store.internal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.latchkey.files.OwnerFiles;

/**
 * A copy of the database as it was at one moment, in a directory of its own beside it, which is
 * removed in the end; what a process that died left of one, at the next start.
 *
 * @param directory the directory
 * @param file the copy
 */
record DatabaseCopy(Path directory, H2File file) implements AutoCloseable {

  static final String DIRECTORY = "copy-for-backup";

  /**
   * Makes one while the database goes on working.
   *
   * @throws org.latchkey.key.StoreUnavailableException when it is away
   */
  static DatabaseCopy of(Database database) throws IOException {
    sweep(database.file());
    Path directory = database.file().directory().resolve(DIRECTORY);
    // The database, whose folder this is, may be about to be made.
    OwnerFiles.folders(database.file().directory());
    OwnerFiles.folder(directory);
    DatabaseCopy copy = new DatabaseCopy(directory, H2File.at(directory.resolve(H2File.IN_BACKUP)));
    try {
      Path archive = directory.resolve("copy.zip");
      database.read(connection -> H2File.archive(connection, archive));
      copy.unpack(archive);
      return copy;
    } catch (IOException | RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  /** Removes what a process that died left: it has all that the database has. */
  static void sweep(H2File file) throws IOException {
    Path directory = file.directory().resolve(DIRECTORY);
    if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      new DatabaseCopy(directory, file).close();
    }
  }

  private void unpack(Path archive) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().endsWith(H2File.ENDING)) {
          OwnerFiles.write(file.file(), zip);
          return;
        }
      }
    }
    throw new FileNotFoundException("H2 made a copy without the database");
  }

  @Override
  public void close() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path one : files) {
        Files.delete(one);
      }
    }
    Files.delete(directory);
  }
}
