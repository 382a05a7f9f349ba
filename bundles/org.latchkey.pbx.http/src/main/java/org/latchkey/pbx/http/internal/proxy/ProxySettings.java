package org.latchkey.pbx.http.internal.proxy;

import java.util.ArrayList;
import java.util.List;
import org.latchkey.admission.SourceNetworks;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.pbx.http.internal.PbxSite;

/**
 * The settings for a SIP proxy, checked, so that none of them can end a text or a line in its
 * configuration.
 *
 * @param rpcAddress where it takes RPC, {@code address:port}
 * @param listen its listeners
 * @param algorithm the digest algorithm it challenges with
 * @param trunks its trunks
 * @param oldPhonesDatabase where the passwords of old phones are; empty when there are none
 */
public record ProxySettings(
    String rpcAddress,
    List<String> listen,
    DigestAlgorithm algorithm,
    List<Trunk> trunks,
    String oldPhonesDatabase) {

  /**
   * A trunk.
   *
   * @param name what the administrator calls it
   * @param network where its calls come from
   */
  public record Trunk(String name, String network) {}

  /**
   * Checks each.
   *
   * @throws IllegalArgumentException naming the setting that is bad
   */
  public ProxySettings {
    listen = List.copyOf(listen);
    trunks = List.copyOf(trunks);
    if (!rpcAddress.matches("127(\\.[0-9]{1,3}){3}:[0-9]{1,5}")) {
      throw new IllegalArgumentException(
          "rpcAddress is not an address and port of the loopback interface, such as"
              + " 127.0.0.1:5066; a PBX on another machine is reached through a tunnel");
    }
    for (String listener : listen) {
      if (!listener.matches("(udp|tcp|tls):[0-9A-Za-z.:\\[\\]-]+:[0-9]{1,5}")) {
        throw new IllegalArgumentException(
            "listen: '" + listener + "' is not such as udp:192.0.2.1:5060");
      }
    }
    if (!oldPhonesDatabase.matches("[!-~&&[^\"'\\\\$#]]*")) {
      throw new IllegalArgumentException("oldPhonesDatabase is no database of auth_db");
    }
  }

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException naming the setting that is bad
   */
  public static ProxySettings of(
      String rpcAddress,
      String[] listen,
      String algorithm,
      String[] trunks,
      String oldPhonesDatabase) {
    return new ProxySettings(
        rpcAddress.trim(),
        PbxSite.list(listen),
        DigestAlgorithm.ofToken(algorithm.trim())
            .orElseThrow(
                () -> new IllegalArgumentException("algorithm is neither MD5 nor SHA-256")),
        trunks(PbxSite.list(trunks)),
        oldPhonesDatabase.trim());
  }

  private static List<Trunk> trunks(List<String> entries) {
    List<Trunk> trunks = new ArrayList<>();
    for (String entry : entries) {
      String[] parts = entry.split("=", 2);
      if (parts.length != 2 || !parts[0].trim().matches("[A-Za-z0-9._-]{1,64}")) {
        throw new IllegalArgumentException(
            "trunks: '" + entry + "' is not such as emergency=192.0.2.7");
      }
      String network = parts[1].trim();
      SourceNetworks unused = SourceNetworks.of(List.of(network));
      trunks.add(new Trunk(parts[0].trim(), network));
    }
    return trunks;
  }
}
