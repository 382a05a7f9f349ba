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
   * Checks each, unless this gate is off: Asterisk needs none of them then.
   *
   * @throws IllegalArgumentException naming the setting that is bad
   */
  AgiSettings {
    if (on) {
      AsteriskSettings.loopback("agiProxyAddress", proxyAddress);
      if (!isPort(port(proxyAddress))) {
        throw new IllegalArgumentException("agiProxyAddress: its port is not from 1 to 65535");
      }
      if (!address.matches(ADDRESS) || !isPort(port(address))) {
        throw new IllegalArgumentException(
            "agiAddress is not an address and port of this machine, such as 127.0.0.1:8448");
      }
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
    return new InetSocketAddress(host(), port(address));
  }

  /** The port at which Latchkey answers. */
  int port() {
    return port(address);
  }

  /** The address at which Latchkey answers. */
  String host() {
    return address.substring(0, address.lastIndexOf(':'));
  }

  /** Whether Latchkey answers at all addresses of its machine, none of which it names. */
  boolean isEverywhere() {
    return host().matches("[0.:\\[\\]]+");
  }

  private static boolean isPort(int port) {
    return port > 0 && port <= 65_535;
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }
}
