package org.latchkey.admission;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Networks in CIDR notation (RFC 4632, RFC 4291), from which unproved callers may reach permitted
 * destinations. Immutable.
 */
public final class SourceNetworks {

  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})";

  /** Whole addresses only: the JDK would take 10.1 for 10.0.0.1, and ask DNS about a name. */
  private static final Pattern ADDRESS =
      Pattern.compile(BYTE + "(\\." + BYTE + "){3}|(?=[^:]*:)[0-9a-fA-F:][0-9a-fA-F:.]*");

  private final List<Network> networks;

  private SourceNetworks(List<Network> networks) {
    this.networks = networks;
  }

  /**
   * Reads the setting. Each text may hold several entries with commas between them.
   *
   * @param cidrs such as {@code 10.0.0.0/8} or {@code fe80::/10}; a bare address is itself alone
   * @throws IllegalArgumentException naming the entry that is none; host names are none
   */
  public static SourceNetworks of(List<String> cidrs) {
    return new SourceNetworks(
        cidrs.stream()
            .flatMap(text -> Arrays.stream(text.split(",", -1)))
            .map(String::trim)
            .filter(cidr -> !cidr.isEmpty())
            .map(SourceNetworks::network)
            .toList());
  }

  /** Whether an address is in one of them. */
  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    return networks.stream().anyMatch(network -> network.contains(bytes));
  }

  private static Network network(String cidr) {
    int slash = cidr.indexOf('/');
    String host = slash < 0 ? cidr : cidr.substring(0, slash);
    String prefix = slash < 0 ? "" : cidr.substring(slash + 1);
    try {
      if (!ADDRESS.matcher(host).matches() || (slash >= 0 && !prefix.matches("[0-9]{1,3}"))) {
        throw new IllegalArgumentException("not an address, or no prefix length");
      }
      byte[] address = InetAddress.getByName(host).getAddress();
      int bits = slash < 0 ? address.length * 8 : Integer.parseInt(prefix);
      if (bits > address.length * 8) {
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
