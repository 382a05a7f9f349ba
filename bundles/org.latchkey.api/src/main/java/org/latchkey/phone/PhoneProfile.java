package org.latchkey.phone;

import java.util.List;
import java.util.Optional;
import org.latchkey.key.IssuedKey;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One family of phones: which requests are theirs and what their configuration files look like. A
 * new vendor is a new service of this type and touches nothing else. Thread-safe.
 */
@ConsumerType
public interface PhoneProfile {

  /** Its name in lower case, such as {@code linphone}; unique. */
  String name();

  /** What the family can do. */
  Traits traits();

  /**
   * Recognises a request below {@code /provision/}.
   *
   * @return what it asks for; empty when it is not of this family. Never throws on bad input
   */
  Optional<FileRequest> recognise(ProvisioningRequest request);

  /**
   * Renders the file.
   *
   * @param file what {@link #recognise} made of the request
   * @param keys one key per line that the file names, in its order; empty for a file without keys.
   *     They stay the caller's: use them, keep nothing
   * @param site where things are
   */
  PhoneFile render(FileRequest file, List<IssuedKey> keys, Site site);
}
