package org.latchkey.phone;

import java.util.List;
import java.util.Optional;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.Registrar;
import org.osgi.annotation.versioning.ProviderType;

/** Shows administrators what a phone would be served. Derives nothing; thread-safe. */
@ProviderType
public interface FilePreviews {

  /**
   * The file that carries a phone's keys, with asterisks in the place of each secret.
   *
   * @param keys what is kept of the keys in it, one for each line
   * @param registrar where its phone registers
   * @return empty when its profile is away, or shows no file that nobody asked for
   */
  Optional<PhoneFile> preview(List<KeyRecord> keys, Registrar registrar);
}
