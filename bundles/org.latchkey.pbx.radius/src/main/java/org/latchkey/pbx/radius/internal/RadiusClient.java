package org.latchkey.pbx.radius.internal;

import java.net.InetAddress;
import java.util.List;
import org.latchkey.admission.SourceNetworks;

/**
 * A PBX that may ask.
 *
 * @param name what the administrator calls it
 * @param byDatagrams whether it asks by UDP, and not over TLS with a certificate
 * @param networks where it asks from by UDP
 * @param firstAddress one of them, as it is written before the bits
 * @param onLoopback whether it can only be on this machine
 * @param authenticates whether each of its requests must have a Message-Authenticator
 * @param asksForNonces whether Latchkey makes its nonces
 * @param tellsItself whether it tells registrations over HTTPS, once they are done
 */
record RadiusClient(
    String name,
    boolean byDatagrams,
    SourceNetworks networks,
    InetAddress firstAddress,
    boolean onLoopback,
    boolean authenticates,
    boolean asksForNonces,
    boolean tellsItself) {

  /** One that shows a certificate: TLS protects all that it sends. */
  static RadiusClient ofCertificate(String name, boolean asksForNonces) {
    return new RadiusClient(
        name,
        false,
        SourceNetworks.of(List.of()),
        InetAddress.getLoopbackAddress(),
        false,
        false,
        asksForNonces,
        false);
  }

  /** Whether others can ask in its name: neither TLS nor a Message-Authenticator proves it. */
  boolean isForgeable() {
    return !authenticates && byDatagrams;
  }

  /** Whether it asks from this address. */
  boolean isAt(InetAddress address) {
    return networks.contains(address);
  }
}
