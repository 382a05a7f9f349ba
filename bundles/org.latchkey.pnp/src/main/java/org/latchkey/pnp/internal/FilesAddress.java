package org.latchkey.pnp.internal;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.latchkey.door.PublicAddress;
import org.latchkey.phone.PhoneProfile;

/** Where the files of a family of phones are. */
final class FilesAddress {

  private FilesAddress() {}

  /**
   * The address that phones of this vendor are told, with a slash at its end; without a secret.
   *
   * @param bootstrap whether they start without TLS, where that is possible
   * @param vendor as the phone says it, in lower case
   */
  static URI of(
      PublicAddress doors, boolean bootstrap, List<PhoneProfile> profiles, String vendor) {
    Optional<URI> plain = bootstrap ? doors.bootstrap() : Optional.empty();
    URI base = plain.orElseGet(() -> doors.phones().resolve("provision/"));
    return profiles.stream()
        .map(PhoneProfile::name)
        .filter(name -> vendor.startsWith(name))
        .max((one, other) -> Integer.compare(one.length(), other.length()))
        .map(name -> base.resolve(name + '/'))
        .orElse(base);
  }
}
