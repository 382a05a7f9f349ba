package org.latchkey.https.internal;

import java.nio.file.Path;
import java.util.List;
import org.latchkey.backup.BackupPart;
import org.latchkey.files.FilePart;
import org.latchkey.files.LastingFiles;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The site's own certificate authority, which phones trust, as a part of a backup. */
@Component(service = BackupPart.class)
public final class CertificateBackup extends FilePart {

  private static final String NAME = "tls";

  /** The service. */
  @Activate
  public CertificateBackup() {
    super(
        files(Path.of(System.getProperty("karaf.base", "."))),
        "the certificate authority of this site, which its phones trust",
        true,
        List.of("Phones need the new latchkey/tls/ca.pem: the old authority is not restored."));
  }

  private static LastingFiles files(Path base) {
    Path folder = base.resolve("latchkey");
    return LastingFiles.of(
        folder,
        NAME,
        folder.resolve(NAME),
        "ca.key",
        "ca.pem",
        "ca-localhost.key",
        "ca-localhost.pem",
        "ca-next.key",
        "ca-next.pem",
        "server.key",
        "server.pem");
  }

  /** The base folder, after a restore has put its files in their places. */
  static Path restored(Path base) {
    return takenOver(files(base), base);
  }
}
