package org.latchkey.keyagent.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.latchkey.key.IssueResult;
import org.latchkey.key.KeyRequest;

/**
 * A desk phone that asks for its file without a code.
 *
 * @param site where
 * @param mac as it says
 * @param address from where
 * @param chain its factory certificate, with its chain; empty for none
 * @param profile whose file it asks for
 */
record InventoryPhone(
    TestSite site, String mac, String address, List<X509Certificate> chain, String profile) {

  static InventoryPhone at(TestSite site, String mac, String address) {
    return new InventoryPhone(site, mac, address, List.of(), "yealink");
  }

  InventoryPhone showing(FactoryCa.Device device) {
    return new InventoryPhone(site, mac, address, device.chain(), profile);
  }

  InventoryPhone askingFor(String otherProfile) {
    return new InventoryPhone(site, mac, address, chain, otherProfile);
  }

  IssueResult fetches() {
    return site.issuer.issue(request().build());
  }

  KeyRequest.Builder request() {
    try {
      return KeyRequest.from(InetAddress.getByName(address), profile)
          .device(mac)
          .clientCertificates(chain);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
