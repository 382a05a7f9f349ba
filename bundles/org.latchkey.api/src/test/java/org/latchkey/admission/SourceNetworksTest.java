package org.latchkey.admission;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.Test;

public class SourceNetworksTest {

  @Test
  public void aNetworkHoldsItsFirstAndLastAddressAndNoNeighbour() {
    SourceNetworks networks = SourceNetworks.of(List.of("10.0.0.0/8, 172.16.0.0/12", "fc00::/7"));
    holds(networks, true, "10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255");
    holds(networks, true, "fc00::", "fdff:ffff::1");
    holds(networks, false, "9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0");
    holds(networks, false, "fbff::", "fe00::", "::1", "127.0.0.1");
  }

  @Test
  public void aBareAddressIsItselfAlone() {
    SourceNetworks networks = SourceNetworks.of(List.of("192.0.2.7", "2001:db8::7"));
    holds(networks, true, "192.0.2.7", "2001:db8::7");
    holds(networks, false, "192.0.2.6", "192.0.2.8", "2001:db8::6", "2001:db8::8");
  }

  @Test
  public void aZeroPrefixHoldsAllOfItsFamilyOnly() {
    holds(SourceNetworks.of(List.of("0.0.0.0/0")), true, "203.0.113.9", "0.0.0.0");
    holds(SourceNetworks.of(List.of("0.0.0.0/0")), false, "2001:db8::1");
    holds(SourceNetworks.of(List.of("::/0")), false, "203.0.113.9");
  }

  @Test
  public void hostBitsInTheSettingPlayNoPart() {
    holds(SourceNetworks.of(List.of("10.1.2.3/8")), true, "10.9.9.9");
  }

  @Test
  public void anIpv4AddressMappedIntoIpv6IsItsIpv4Address() {
    holds(SourceNetworks.of(List.of("10.0.0.0/8")), true, "::ffff:10.0.0.1");
  }

  @Test
  public void noNetworksHoldNothing() {
    holds(SourceNetworks.of(List.of("", " , ")), false, "127.0.0.1", "::1");
  }

  @Test
  public void whatIsNoNetworkIsRefusedByName() {
    for (String cidr :
        new String[] {
          "10",
          "10.1",
          "10.0.0",
          "10.0.0.0.0",
          "256.0.0.1",
          "10.0.0.0/33",
          "10.0.0.0/-1",
          "10.0.0.0/",
          "10.0.0.0/+8",
          "10.0.0.0/8/8",
          "::1/129",
          "fe80::1%1",
          "g::",
          ":::",
          "localhost",
          "example.org/8",
          "/8",
          "0x0a.0.0.1",
          "10.0.0.0/99999999999"
        }) {
      Exception e =
          assertThrows(
              cidr, IllegalArgumentException.class, () -> SourceNetworks.of(List.of(cidr)));
      assertTrue(e.getMessage(), e.getMessage().contains(cidr));
    }
  }

  private static void holds(SourceNetworks networks, boolean expected, String... addresses) {
    for (String address : addresses) {
      try {
        assertEquals(address, expected, networks.contains(InetAddress.getByName(address)));
      } catch (UnknownHostException e) {
        throw new AssertionError(address, e);
      }
    }
  }
}
