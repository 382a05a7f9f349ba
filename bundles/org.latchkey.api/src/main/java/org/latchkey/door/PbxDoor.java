package org.latchkey.door;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.latchkey.key.Secret;
import org.osgi.annotation.versioning.ProviderType;

/** How a PBX gets through its door, offered by the doors. Thread-safe. */
@ProviderType
public interface PbxDoor {

  /** The base URI of the PBX door, such as {@code https://localhost:8444/}. From memory. */
  URI address();

  /**
   * Issues a client certificate of the site's own authority, with a new key. Blocks for reading the
   * authority's key.
   *
   * @param name its common name, 1 to 64 characters
   * @return empty when the site has no authority of its own, or its key can't be read
   */
  Optional<ClientCertificate> issue(String name);

  /**
   * TLS for another listener that PBXs come to: it shows the certificate of this door, and knows
   * the authorities whose client certificates this door takes. The listener demands one itself. Ask
   * anew for each connection, since both change. From memory.
   *
   * @return empty while the door has no certificate, or knows no authority
   */
  Optional<SSLContext> tls();

  /**
   * A client certificate and its key.
   *
   * @param chainPem the certificates in PEM, leaf first
   * @param keyPem the private key in PEM, not encrypted, for the receiver to close
   * @param notAfter when it ends
   */
  record ClientCertificate(String chainPem, Secret keyPem, Instant notAfter) {}
}
