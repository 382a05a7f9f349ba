package org.latchkey.phone;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A phone's request for a file.
 *
 * @param method GET or HEAD
 * @param path the path below {@code /provision/}, percent-decoded, without leading slash
 * @param query the raw query, empty when none; it may hold a code: never log it
 * @param userAgent the User-Agent header, empty when none; untrusted
 * @param clientCertificates the chain the phone presented, leaf first, not verified
 */
public record ProvisioningRequest(
    String method,
    String path,
    String query,
    String userAgent,
    List<X509Certificate> clientCertificates) {

  /** Copies the chain. */
  public ProvisioningRequest {
    clientCertificates = List.copyOf(clientCertificates);
  }

  /** Without path and query, which may hold a code. */
  @Override
  public String toString() {
    return "ProvisioningRequest[" + method + ']';
  }
}
