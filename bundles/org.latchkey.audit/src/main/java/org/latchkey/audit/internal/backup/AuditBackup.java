package org.latchkey.audit.internal.backup;

import java.nio.file.Path;
import java.util.List;
import org.latchkey.backup.BackupPart;
import org.latchkey.files.FilePart;
import org.latchkey.files.LastingFiles;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The audit log's own files as a part of a backup: the head first, so that it is never ahead of the
 * records. Store and file may have been copied at two moments; the longer one catches the other up.
 */
@Component(service = BackupPart.class)
public final class AuditBackup extends FilePart {

  private static final String NAME = "audit";

  /** The service. */
  @Activate
  public AuditBackup() {
    super(
        files(Path.of(System.getProperty("karaf.base", ""))),
        "the audit log's file, its head and the key that signs it",
        false,
        List.of(
            "The audit log goes on from the records in the store, with a new key for its head: note"
                + " that one, latchkey:audit --head."));
  }

  /**
   * The folder of the audit log, after a restore has put its files in their places. Whoever reads
   * one of them asks here first.
   */
  public static synchronized Path folder() {
    Path base = Path.of(System.getProperty("karaf.base", ""));
    return takenOver(files(base), base.resolve("latchkey").resolve(NAME));
  }

  private static LastingFiles files(Path base) {
    Path latchkey = base.resolve("latchkey");
    return LastingFiles.of(
        latchkey, NAME, latchkey.resolve(NAME), "head", "head.key", "head.pub", "records");
  }
}
