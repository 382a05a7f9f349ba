package org.latchkey.pbx.http.internal.freeswitch;

import java.util.List;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.pbx.http.internal.PbxSite;

/**
 * The settings for FreeSWITCH, checked, so that none of them means more in its configuration or on
 * its event socket than it says.
 *
 * @param host where the event socket is, an address of the loopback interface
 * @param port its port
 * @param profiles the SIP profiles that phones register at
 * @param listen where these listen
 * @param algorithm the digest algorithm it challenges with
 * @param admittedContext where admitted calls go on
 * @param trunkProfile the SIP profile of the trunk
 */
record FreeSwitchSettings(
    String host,
    int port,
    List<String> profiles,
    List<String> listen,
    DigestAlgorithm algorithm,
    String admittedContext,
    String trunkProfile) {

  private static final String NAME = "[0-9A-Za-z._-]{1,64}";

  /**
   * Checks each.
   *
   * @throws IllegalArgumentException naming the setting that is bad
   */
  FreeSwitchSettings {
    profiles = List.copyOf(profiles);
    listen = List.copyOf(listen);
    if (!host.matches("127(\\.[0-9]{1,3}){3}") || port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "eventSocketAddress is not an address and port of the loopback interface, such as"
              + " 127.0.0.1:8021; a FreeSWITCH on another machine is reached through a tunnel");
    }
    if (profiles.isEmpty() || !profiles.stream().allMatch(name -> name.matches(NAME))) {
      throw new IllegalArgumentException("profiles is not such as internal, internal-ipv6");
    }
    if (!admittedContext.matches(NAME) || admittedContext.startsWith("latchkey")) {
      throw new IllegalArgumentException("admittedContext is no context of a dialplan of yours");
    }
    if (!trunkProfile.matches(NAME)) {
      throw new IllegalArgumentException("trunkProfile is no SIP profile's name");
    }
  }

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException naming the setting that is bad
   */
  static FreeSwitchSettings of(FreeSwitchConfiguration set) {
    String[] address = set.eventSocketAddress().trim().split(":", 2);
    return new FreeSwitchSettings(
        address[0],
        address.length == 2 && address[1].matches("[0-9]{1,5}") ? Integer.parseInt(address[1]) : 0,
        PbxSite.list(set.profiles()),
        PbxSite.list(set.listen()),
        DigestAlgorithm.ofToken(set.algorithm().trim())
            .orElseThrow(
                () -> new IllegalArgumentException("algorithm is neither MD5 nor SHA-256")),
        set.admittedContext().trim(),
        set.trunkProfile().trim());
  }
}
