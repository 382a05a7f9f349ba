package org.latchkey.pnp.internal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.latchkey.admission.SourceNetworks;

/**
 * The settings, checked.
 *
 * @param enabled whether phones are answered
 * @param interfaces where they are heard; none: everywhere
 * @param group the multicast address and port that they ask
 * @param networks whose phones are answered
 * @param bootstrap whether they are sent to the listener without TLS
 */
record PnpSettings(
    boolean enabled,
    List<String> interfaces,
    InetSocketAddress group,
    SourceNetworks networks,
    boolean bootstrap) {

  /** The address that SIP servers are asked at by multicast (RFC 3261 section 22.1, IANA). */
  private static final byte[] SIP_MCAST_NET = {(byte) 224, 0, 1, 75};

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException when one of them can't be used; the message says which
   */
  static PnpSettings of(PnpConfiguration set) {
    if (set.port() < 1 || set.port() > 65535) {
      throw new IllegalArgumentException("port is a number from 1 to 65535");
    }
    return new PnpSettings(
        set.enabled(),
        Arrays.stream(set.interfaces())
            .flatMap(names -> Arrays.stream(names.split(",", -1)))
            .map(String::trim)
            .filter(name -> !name.isEmpty())
            .toList(),
        new InetSocketAddress(sipMulticast(), set.port()),
        SourceNetworks.of(List.of(set.networks())),
        set.bootstrap());
  }

  private static InetAddress sipMulticast() {
    try {
      return InetAddress.getByAddress(SIP_MCAST_NET);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
