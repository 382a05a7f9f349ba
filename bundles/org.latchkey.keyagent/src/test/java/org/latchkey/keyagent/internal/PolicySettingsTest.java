package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.Test;
import org.latchkey.admission.SourceNetworks;

public class PolicySettingsTest {

  /** Three phones a minute, five strangers. */
  static final PolicySettings SETTINGS =
      new PolicySettings(
          Duration.ofDays(30),
          SourceNetworks.of(List.of("127.0.0.0/8, 10.0.0.0/8, fd00::/8")),
          3,
          5,
          4);

  @Test
  public void whatCannotBeIsNamed() {
    assertTrue(refused(0, 30, 100).contains("inventoryWindowDays"));
    assertTrue(refused(366, 30, 100).contains("inventoryWindowDays"));
    assertTrue(refused(30, 0, 100).contains("windowDevicesPerMinute"));
    assertTrue(refused(30, 30, 0).contains("openWindowPhones "));
    assertTrue(refused(30, 30, 100, 0).contains("openWindowPhonesPerSource"));
  }

  @Test
  public void byDefaultWindowsAreForPrivateNetworks() throws Exception {
    String text =
        (String) KeyAgentConfiguration.class.getMethod("windowNetworks").getDefaultValue();
    SourceNetworks networks = SourceNetworks.of(List.of(text));
    for (String in :
        List.of("127.0.0.1", "::1", "10.1.2.3", "172.31.0.1", "192.168.7.7", "fe80::1")) {
      assertTrue(in, networks.contains(InetAddress.getByName(in)));
    }
    for (String out : List.of("8.8.8.8", "172.32.0.1", "2001:db8::1")) {
      assertFalse(out, networks.contains(InetAddress.getByName(out)));
    }
    assertEquals(
        30, KeyAgentConfiguration.class.getMethod("inventoryWindowDays").getDefaultValue());
  }

  private static String refused(int days, int perMinute, int phones) {
    return refused(days, perMinute, phones, 20);
  }

  private static String refused(int days, int perMinute, int phones, int perSource) {
    return String.valueOf(
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new PolicySettings(
                        Duration.ofDays(days),
                        SETTINGS.windowNetworks(),
                        perMinute,
                        phones,
                        perSource))
            .getMessage());
  }
}
