package org.latchkey.door;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.latchkey.key.Secret;

/**
 * A request at a door.
 *
 * @param method GET, HEAD, POST, PUT, …
 * @param path the path, percent-decoded once and normalised; never above its root
 * @param query the raw query, empty when none; it may hold a code: never log it
 * @param headers all header fields in order
 * @param body the body, owned by the door; at most 64 KiB
 * @param source the peer of the connection
 * @param clientCertificates the chain the peer presented, leaf first; at the phones' door not
 *     verified
 * @param tokenName the name of the bearer token that the PBX door has verified, when the peer
 *     showed no certificate; empty text at the other doors and for everybody else
 */
public record DoorRequest(
    String method,
    String path,
    String query,
    List<Header> headers,
    Secret body,
    InetSocketAddress source,
    List<X509Certificate> clientCertificates,
    String tokenName) {

  /** A request without a bearer token. */
  public DoorRequest(
      String method,
      String path,
      String query,
      List<Header> headers,
      Secret body,
      InetSocketAddress source,
      List<X509Certificate> clientCertificates) {
    this(method, path, query, headers, body, source, clientCertificates, "");
  }

  /** This request of a peer whose bearer token was verified, without the token. */
  public DoorRequest withToken(String name) {
    return new DoorRequest(
        method,
        path,
        query,
        headers.stream()
            .filter(header -> !header.name().equalsIgnoreCase("Authorization"))
            .toList(),
        body,
        source,
        clientCertificates,
        name);
  }

  /** Copies the lists. */
  public DoorRequest {
    headers = List.copyOf(headers);
    clientCertificates = List.copyOf(clientCertificates);
  }

  /** The first value of a header, whose name is compared without case. */
  public Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  /** Without anything that may hold a secret. */
  @Override
  public String toString() {
    return "DoorRequest[" + method + " from " + source + ']';
  }

  /**
   * A header field.
   *
   * @param name its name
   * @param value its value
   */
  public record Header(String name, String value) {
    /** Without the value, which may be a login. */
    @Override
    public String toString() {
      return name;
    }
  }
}
