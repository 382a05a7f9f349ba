package org.latchkey.phone;

import java.net.URI;
import java.util.Optional;

/**
 * Where a phone finds things.
 *
 * @param provisioning the base URI of the phones' door with {@code /provision/} at its end
 * @param caPem the certificates of our certificate authority in PEM; empty when the administrator's
 *     own certificate is in use
 * @param bootstrap the base URI of the listener without TLS, for files that are served there; empty
 *     for all others
 */
public record Site(URI provisioning, String caPem, Optional<URI> bootstrap) {

  /** A site as files see it that are served at the phones' door. */
  public Site(URI provisioning, String caPem) {
    this(provisioning, caPem, Optional.empty());
  }
}
