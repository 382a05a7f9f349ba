package org.latchkey.store.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.latchkey.backup.BackupPart;
import org.latchkey.backup.Restoration;
import org.latchkey.files.OwnerFiles;
import org.latchkey.key.Generation;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.StoreUnavailableException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The database as a part of a backup. A copy that H2 makes while it goes on working is opened
 * before it is taken for good, when it is made and when it is brought back.
 */
@Component
public final class StoreBackup implements BackupPart {

  private final Database database;

  /** The service. */
  @Activate
  public StoreBackup(@Reference Database database) {
    this.database = database;
  }

  @Override
  public String name() {
    return H2File.PART;
  }

  @Override
  public String words() {
    return "the store: enrolments, issued keys, revocations, holds, audit records";
  }

  /** The key agent says so, which knows what they are worth without keys. */
  @Override
  public Optional<String> present() {
    return Optional.empty();
  }

  @Override
  public List<String> write(OutputStream out) throws IOException {
    try (DatabaseCopy copy = DatabaseCopy.of(database)) {
      generationsOf(copy.file());
      GZIPOutputStream packed = new GZIPOutputStream(out);
      Files.copy(copy.file().file(), packed);
      packed.finish();
      return List.of();
    } catch (StoreUnavailableException e) {
      throw new RequestRefusedException("Nothing was backed up. " + e.getMessage());
    }
  }

  /** Opens it, brings it to the schema of this build, and reads what it has. */
  private static List<Generation> generationsOf(H2File file) throws IOException {
    try (OpenDatabase opened = OpenDatabase.open(file, new Schema(), 1)) {
      opened.run(KeyTable::all, false);
      return opened.run(GenerationTable::all, false);
    } catch (NewerSchemaException e) {
      throw new RequestRefusedException(
          "Nothing was restored: the backup's store is of a newer build. Install that, and restore"
              + " again.");
    } catch (SQLException | RuntimeException e) {
      throw new IOException("the copy of the store can't be opened: " + e.getMessage(), e);
    }
  }

  @Override
  public List<String> stage(InputStream in, Path folder, Restoration about) throws IOException {
    Path file = folder.resolve(H2File.IN_BACKUP);
    OwnerFiles.write(file, new GZIPInputStream(in));
    generationsOf(H2File.at(file));
    return List.of();
  }

  @Override
  public List<Generation> generations(Path folder) throws IOException {
    Path file = folder.resolve(H2File.IN_BACKUP);
    return Files.exists(file) ? generationsOf(H2File.at(file)) : List.of();
  }

  @Override
  public List<String> stageWithout(Path folder, Restoration about) throws IOException {
    database.file().files().stageRest(folder);
    return List.of();
  }
}
