package org.latchkey.phone;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.Secret;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One family of phones: which requests are theirs and what their configuration files look like. A
 * new vendor is a new service of this type and touches nothing else. Thread-safe.
 */
@ConsumerType
public interface PhoneProfile {

  /** Its name in lower case, such as {@code linphone}; unique. */
  String name();

  /** What people call the maker of its phones. */
  default String vendor() {
    return name();
  }

  /**
   * The model that a phone of this family calls itself.
   *
   * @param userAgent its User-Agent header; untrusted
   * @return empty when it does not say
   */
  default Optional<String> model(String userAgent) {
    return Optional.empty();
  }

  /** What the family can do. */
  Traits traits();

  /** What the phone of this file can do, where one differs from its family. */
  default Traits traits(FileRequest file) {
    return traits();
  }

  /**
   * Recognises a request below {@code /provision/}.
   *
   * @return what it asks for; empty when it is not of this family. Never throws on bad input
   */
  Optional<FileRequest> recognise(ProvisioningRequest request);

  /**
   * Renders the file.
   *
   * @param file what {@link #recognise} made of the request, its lines narrowed to those that the
   *     device has or had
   * @param keys the keys by line; a line that the file names and that has none is switched off;
   *     empty for a file without keys. They stay the caller's: use them, keep nothing
   * @param site where things are
   * @return the file; with an empty body when there is none, which the phone is told as a 404
   */
  PhoneFile render(FileRequest file, List<IssuedKey> keys, Site site);

  /**
   * What a phone of this family is served without TLS, so that it can check our certificate from
   * then on: the certificate authority and the address of the phones' door. It carries no secret,
   * and there is none to put into it.
   *
   * @param request the request; its path is below the root of that listener
   * @param site where things are; {@link Site#bootstrap} is that listener
   * @return empty when it is none of this family's requests. Never throws on bad input
   */
  default Optional<PhoneFile> bootstrap(ProvisioningRequest request, Site site) {
    return Optional.empty();
  }

  /**
   * The file in which a phone of this family finds its keys, as if it had asked for it.
   *
   * @param device its device identifier
   * @return empty when only the phone's own request says which
   */
  default Optional<FileRequest> keyFile(Optional<String> device) {
    return Optional.empty();
  }

  /**
   * The maintenance password as the menus of this family take it: some know digits only.
   *
   * @param password as derived; stays the caller's
   * @return the caller's to close
   */
  default Secret menuPassword(Secret password) {
    byte[] characters = password.copy();
    try {
      return Secret.copyOf(characters);
    } finally {
      Arrays.fill(characters, (byte) 0);
    }
  }
}
