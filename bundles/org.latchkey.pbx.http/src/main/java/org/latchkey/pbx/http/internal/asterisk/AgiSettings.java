package org.latchkey.pbx.http.internal.asterisk;

import java.net.InetSocketAddress;

/**
 * The settings of the gate by FastAGI.
 *
 * @param on whether the dialplan asks by FastAGI, and Latchkey answers it
 * @param address where Latchkey answers, {@code address:port}
 * @param proxyAddress where Asterisk asks on its own machine, {@code address:port}
 */
record AgiSettings(boolean on, String address, String proxyAddress) {

  private static final String ADDRESS =
      "([0-9]{1,3}([.][0-9]{1,3}){3}|\\[[0-9a-fA-F:.]*:[0-9a-fA-F:.]*\\]):[0-9]{1,5}";

  /**
   * Checks each.
   *
   * @throws IllegalArgumentException naming the setting that is bad
   */
  AgiSettings {
    AsteriskSettings.loopback("agiProxyAddress", proxyAddress);
    if (!address.matches(ADDRESS) || port(address) > 65_535) {
      throw new IllegalArgumentException(
          "agiAddress is not an address and port of this machine, such as 127.0.0.1:8448");
    }
  }

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException naming the setting that is bad
   */
  static AgiSettings of(AsteriskConfiguration set) {
    String gate = set.gate().trim();
    if (!gate.equals("curl") && !gate.equals("agi")) {
      throw new IllegalArgumentException("gate is neither curl nor agi");
    }
    return new AgiSettings(
        gate.equals("agi"), set.agiAddress().trim(), set.agiProxyAddress().trim());
  }

  /** Where Latchkey answers. */
  InetSocketAddress socketAddress() {
    return new InetSocketAddress(address.substring(0, address.lastIndexOf(':')), port(address));
  }

  /** The port at which Latchkey answers. */
  int port() {
    return port(address);
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }
}
