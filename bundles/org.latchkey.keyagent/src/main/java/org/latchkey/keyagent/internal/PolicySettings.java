package org.latchkey.keyagent.internal;

import java.time.Duration;
import java.util.List;
import org.latchkey.admission.SourceNetworks;

/**
 * The settings of the policies that need no code, checked.
 *
 * @param inventoryWindow how long a device of the inventory may fetch its first key
 * @param windowNetworks from where phones are let in by their MAC address alone
 * @param windowDevicesPerMinute how many are, at once and in each minute, unless a window says
 * @param openWindowPhones how many strangers one window for anybody lets in
 * @param openWindowPhonesPerSource how many of them from one IPv4 address or IPv6 /64
 */
record PolicySettings(
    Duration inventoryWindow,
    SourceNetworks windowNetworks,
    int windowDevicesPerMinute,
    int openWindowPhones,
    int openWindowPhonesPerSource) {

  static final Duration LONGEST_INVENTORY = Duration.ofDays(365);
  static final int MOST_PER_MINUTE = 1_000;

  /**
   * Checks all of them.
   *
   * @throws IllegalArgumentException naming the setting and what would be right
   */
  PolicySettings {
    if (inventoryWindow.toDays() < 1 || inventoryWindow.compareTo(LONGEST_INVENTORY) > 0) {
      throw new IllegalArgumentException("inventoryWindowDays is a number from 1 to 365");
    }
    if (windowDevicesPerMinute < 1 || windowDevicesPerMinute > MOST_PER_MINUTE) {
      throw new IllegalArgumentException("windowDevicesPerMinute is a number from 1 to 1000");
    }
    if (openWindowPhones < 1 || openWindowPhones > 10_000) {
      throw new IllegalArgumentException("openWindowPhones is a number from 1 to 10000");
    }
    if (openWindowPhonesPerSource < 1 || openWindowPhonesPerSource > 10_000) {
      throw new IllegalArgumentException("openWindowPhonesPerSource is a number from 1 to 10000");
    }
  }

  static PolicySettings of(KeyAgentConfiguration c) {
    return new PolicySettings(
        Duration.ofDays(c.inventoryWindowDays()),
        networks(c.windowNetworks()),
        c.windowDevicesPerMinute(),
        c.openWindowPhones(),
        c.openWindowPhonesPerSource());
  }

  private static SourceNetworks networks(String text) {
    try {
      return SourceNetworks.of(List.of(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the setting windowNetworks: " + e.getMessage(), e);
    }
  }
}
