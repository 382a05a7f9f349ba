package org.latchkey.pbx.http.internal.asterisk;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.pbx.http.internal.PbxSite;

/**
 * The settings for Asterisk, checked, so that none of them can end a line in its configuration.
 *
 * @param managerAddress where its manager interface is, {@code address:port}
 * @param proxyAddress where it finds Latchkey, {@code address:port}
 * @param listen its listeners
 * @param algorithms what it challenges with, at least one
 * @param codecs of phones with keys
 * @param ordinaryContext where admitted calls go on
 * @param permittedEndpoint through which calls to permitted destinations leave
 * @param trunks the endpoints of trunks
 * @param cacheSeconds how long it keeps what it was told
 * @param agi the gate by FastAGI
 */
record AsteriskSettings(
    String managerAddress,
    String proxyAddress,
    List<String> listen,
    Set<DigestAlgorithm> algorithms,
    List<String> codecs,
    String ordinaryContext,
    String permittedEndpoint,
    List<String> trunks,
    int cacheSeconds,
    AgiSettings agi) {

  private static final String NAME = "[A-Za-z0-9._-]{1,64}";

  /**
   * Checks each.
   *
   * @throws IllegalArgumentException naming the setting that is bad
   */
  AsteriskSettings {
    listen = List.copyOf(listen);
    codecs = List.copyOf(codecs);
    trunks = List.copyOf(trunks);
    loopback("managerAddress", managerAddress);
    loopback("proxyAddress", proxyAddress);
    each("listen", listen, "(udp|tcp|tls):[0-9A-Za-z.:\\[\\]-]+:[0-9]{1,5}");
    each("codecs", codecs, "[a-z0-9]{1,20}");
    each("ordinaryContext", List.of(ordinaryContext), NAME);
    each("permittedEndpoint", List.of(permittedEndpoint), NAME);
    each("trunks", trunks, NAME);
    if (codecs.isEmpty() || algorithms.isEmpty()) {
      throw new IllegalArgumentException("codecs and algorithms name at least one each");
    }
    if (cacheSeconds < 1 || cacheSeconds > 300) {
      throw new IllegalArgumentException("cacheSeconds is not from 1 to 300");
    }
  }

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException naming the setting that is bad
   */
  static AsteriskSettings of(AsteriskConfiguration set) {
    Set<DigestAlgorithm> algorithms = new LinkedHashSet<>();
    for (String token : PbxSite.list(set.algorithms())) {
      algorithms.add(
          DigestAlgorithm.ofToken(token)
              .orElseThrow(
                  () -> new IllegalArgumentException("algorithms: neither MD5 nor SHA-256")));
    }
    return new AsteriskSettings(
        set.managerAddress().trim(),
        set.proxyAddress().trim(),
        PbxSite.list(set.listen()),
        algorithms,
        PbxSite.list(set.codecs()),
        set.ordinaryContext().trim(),
        set.permittedEndpoint().trim(),
        PbxSite.list(set.trunks()),
        set.cacheSeconds(),
        AgiSettings.of(set));
  }

  /** Checks an address and port of the loopback interface. */
  static void loopback(String name, String address) {
    if (!address.matches("127(\\.[0-9]{1,3}){3}:[0-9]{1,5}")) {
      throw new IllegalArgumentException(
          name
              + " is not an address and port of the loopback interface, such as 127.0.0.1:5038;"
              + " an Asterisk on another machine is reached through a tunnel");
    }
  }

  private static void each(String name, List<String> values, String form) {
    for (String value : values) {
      if (!value.matches(form)) {
        throw new IllegalArgumentException(name + ": '" + value + "' can't be used there");
      }
    }
  }
}
