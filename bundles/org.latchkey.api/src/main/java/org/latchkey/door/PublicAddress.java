package org.latchkey.door;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Where devices reach the doors from outside, offered by the doors. From memory, thread-safe. */
@ProviderType
public interface PublicAddress {

  /** The base URI of the phones' door, such as {@code https://localhost:8443/}. */
  URI phones();

  /**
   * The base URI of the listener without TLS, such as {@code http://localhost:8080/}; empty when it
   * is not open.
   */
  default Optional<URI> bootstrap() {
    return Optional.empty();
  }

  /**
   * The certificate of our own certificate authority in PEM; empty when the administrator's own
   * certificate is in use.
   */
  String caPem();

  /** The file that holds it, to be given to phones and programs. */
  Optional<Path> caFile();
}
