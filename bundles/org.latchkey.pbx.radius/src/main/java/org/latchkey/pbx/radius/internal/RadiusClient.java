package org.latchkey.pbx.radius.internal;

import java.net.InetAddress;
import java.util.List;
import org.latchkey.admission.SourceNetworks;

/**
 * A PBX that may ask.
 *
 * @param name what the administrator calls it
 * @param networks where it asks from; empty for one that shows a certificate
 * @param onLoopback whether it can only be on this machine
 * @param authenticates whether each of its requests must have a Message-Authenticator
 * @param asksForNonces whether Latchkey makes its nonces
 */
record RadiusClient(
    String name,
    SourceNetworks networks,
    boolean onLoopback,
    boolean authenticates,
    boolean asksForNonces) {

  /** One that shows a certificate: TLS protects all that it sends. */
  static RadiusClient ofCertificate(String name, boolean asksForNonces) {
    return new RadiusClient(name, SourceNetworks.of(List.of()), false, false, asksForNonces);
  }

  /** Whether it asks from this address. */
  boolean isAt(InetAddress address) {
    return networks.contains(address);
  }
}
