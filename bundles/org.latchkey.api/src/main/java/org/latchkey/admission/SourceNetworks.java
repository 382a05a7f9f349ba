package org.latchkey.admission;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Networks in CIDR notation (RFC 4632, RFC 4291), from which unproved callers may reach permitted
 * destinations. Immutable.
 */
public final class SourceNetworks {

  private final List<Network> networks;

  private SourceNetworks(List<Network> networks) {
    this.networks = networks;
  }

  /**
   * Reads the setting.
   *
   * @param cidrs such as {@code 10.0.0.0/8} or {@code fe80::/10}; a bare address is itself alone
   * @throws IllegalArgumentException naming the entry that is none; host names are none
   */
  public static SourceNetworks of(List<String> cidrs) {
    return new SourceNetworks(cidrs.stream().map(SourceNetworks::network).toList());
  }

  /** Whether an address is in one of them. */
  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    return networks.stream().anyMatch(network -> network.contains(bytes));
  }

  private static Network network(String cidr) {
    int slash = cidr.indexOf('/');
    String host = slash < 0 ? cidr : cidr.substring(0, slash);
    try {
      if (!host.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
        throw new IllegalArgumentException("not an address");
      }
      byte[] address = InetAddress.getByName(host).getAddress();
      int bits = slash < 0 ? address.length * 8 : Integer.parseInt(cidr.substring(slash + 1));
      if (bits < 0 || bits > address.length * 8) {
        throw new IllegalArgumentException("the prefix is too long");
      }
      return new Network(address, bits);
    } catch (UnknownHostException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + cidr + "' is not a network in CIDR notation, such as 10.0.0.0/8", e);
    }
  }

  private static final class Network {
    private final byte[] address;
    private final int bits;

    Network(byte[] address, int bits) {
      this.address = address;
      this.bits = bits;
    }

    boolean contains(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int i = 0; i < bits; i++) {
        int mask = 0x80 >>> (i % 8);
        if ((address[i / 8] & mask) != (other[i / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
