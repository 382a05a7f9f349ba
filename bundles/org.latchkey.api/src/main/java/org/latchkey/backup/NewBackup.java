package org.latchkey.backup;

import java.util.List;
import org.latchkey.key.Secret;

/**
 * A backup that was just made, with the shares of its key. They exist nowhere else.
 *
 * @param name its name
 * @param parts the names of its parts
 * @param notes what could not be taken along, a sentence each
 * @param shares the shares' texts in ASCII, the first one's number being 1; owned by this
 */
public record NewBackup(String name, List<String> parts, List<String> notes, List<Secret> shares)
    implements AutoCloseable {

  /** Keeps copies of the lists. */
  public NewBackup {
    parts = List.copyOf(parts);
    notes = List.copyOf(notes);
    shares = List.copyOf(shares);
  }

  /** Wipes the shares. */
  @Override
  public void close() {
    shares.forEach(Secret::close);
  }
}
