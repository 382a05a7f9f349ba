package org.latchkey.keyagent.internal;

import java.nio.file.Path;
import java.util.List;
import org.latchkey.backup.BackupPart;
import org.latchkey.files.FilePart;
import org.latchkey.files.LastingFiles;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The factory authorities that administrators trust, as a part of a backup. */
@Component(service = BackupPart.class)
public final class FactoryBackup extends FilePart {

  private static final String NAME = "factory-trust";

  /** The service. */
  @Activate
  public FactoryBackup() {
    super(
        files(Path.of(System.getProperty("karaf.base", ""), "latchkey")),
        "the factory authorities that are trusted",
        true,
        List.of());
  }

  private static LastingFiles files(Path folder) {
    return LastingFiles.of(folder, NAME, folder, FactoryAuthorities.FILE);
  }

  /** The folder, after a restore has put this file there. */
  static Path restored(Path folder) {
    return takenOver(files(folder), folder);
  }
}
