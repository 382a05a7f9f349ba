package org.latchkey.backup;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes backups and opens them. Methods block, and throw {@link
 * org.latchkey.key.RequestRefusedException} with a sentence that says what to do next.
 */
@ProviderType
public interface Backups {

  /** As few shares as a secret can be shared out in. */
  int LEAST_SHARES = 2;

  /** As many shares as anybody hands out. */
  int MOST_SHARES = 32;

  /**
   * Makes a backup, after an entry in the audit log; it is on disk when this returns.
   *
   * @param directory where; made by this, and owner-only
   * @param shares how many shares its key is split into, {@link #LEAST_SHARES} to {@link
   *     #MOST_SHARES}
   * @param threshold how many of them restore it, {@link #LEAST_SHARES} to {@code shares}
   * @param actor who asks
   */
  NewBackup make(Path directory, int shares, int threshold, String actor);

  /**
   * Looks at a backup.
   *
   * @return a backup that waits for its shares, the caller's to close
   */
  OpenBackup open(Path directory);
}
