package org.latchkey.keyagent.internal;

import java.nio.file.Path;
import java.util.List;
import org.latchkey.backup.BackupPart;
import org.latchkey.files.FilePart;
import org.latchkey.files.LastingFiles;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The key by which registrar nodes know this agent, as a part of a backup. */
@Component(service = BackupPart.class)
public final class RegistrarBackup extends FilePart {

  private static final String NAME = "registrars";

  /** The service. */
  @Activate
  public RegistrarBackup() {
    super(
        files(Path.of(System.getProperty("karaf.base", ""), "latchkey")),
        "the key by which registrar nodes know this agent",
        true,
        List.of(
            "Exports to registrar nodes are signed with a key that their nodes may not know: see"
                + " latchkey:registrar-trust."));
  }

  private static LastingFiles files(Path folder) {
    return LastingFiles.of(folder, NAME, folder, ExportKey.KEY, ExportKey.NUMBER);
  }

  /** The folder, after a restore has put these files there. */
  static Path restored(Path folder) {
    return takenOver(files(folder), folder);
  }
}
