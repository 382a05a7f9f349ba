package org.latchkey.https.internal.certificate;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;

/**
 * The names an authority is limited to (RFC 5280 §4.2.1.10).
 *
 * @param domains DNS names, each with all below it
 * @param networks addresses, each followed by its mask: 8 or 32 bytes
 */
record NameLimits(List<String> domains, List<byte[]> networks) {

  private static final byte[] LOOPBACK_4 = {127, 0, 0, 0, -1, 0, 0, 0};
  private static final byte[] LOOPBACK_6 = single(SiteNames.addressBytes("::1"));

  /** The limits for a site. */
  static NameLimits of(SiteNames names) {
    List<byte[]> networks = new ArrayList<>(List.of(LOOPBACK_4, LOOPBACK_6));
    names.permittedAddresses().stream()
        .map(address -> single(SiteNames.addressBytes(address)))
        .forEach(networks::add);
    return new NameLimits(List.copyOf(names.permittedDomains()), networks);
  }

  /** The limits in an authority's certificate; none at all when it has no such extension. */
  static NameLimits in(X509Certificate authority) {
    List<String> domains = new ArrayList<>();
    List<byte[]> networks = new ArrayList<>();
    byte[] extension = authority.getExtensionValue(Extension.nameConstraints.getId());
    if (extension != null) {
      NameConstraints found =
          NameConstraints.getInstance(ASN1OctetString.getInstance(extension).getOctets());
      for (GeneralSubtree subtree : found.getPermittedSubtrees()) {
        GeneralName base = subtree.getBase();
        if (base.getTagNo() == GeneralName.dNSName) {
          String domain = ASN1IA5String.getInstance(base.getName()).getString();
          domains.add(domain.toLowerCase(Locale.ROOT));
        } else if (base.getTagNo() == GeneralName.iPAddress) {
          networks.add(ASN1OctetString.getInstance(base.getName()).getOctets());
        }
      }
    }
    return new NameLimits(domains, networks);
  }

  /** Whether only this machine itself can be certified. */
  boolean onlyLoopback() {
    return domains.equals(List.of("localhost"))
        && networks.stream()
            .allMatch(net -> Arrays.equals(net, LOOPBACK_4) || Arrays.equals(net, LOOPBACK_6));
  }

  /** Whether a name or address may be certified. */
  boolean permits(String name) {
    if (!SiteNames.isAddress(name)) {
      return domains.isEmpty()
          || domains.stream().anyMatch(domain -> SiteNames.isWithin(name, domain));
    }
    byte[] address = SiteNames.addressBytes(name);
    return networks.isEmpty() || networks.stream().anyMatch(net -> covers(net, address));
  }

  NameConstraints toNameConstraints() {
    List<GeneralSubtree> permitted = new ArrayList<>();
    domains.forEach(
        domain -> permitted.add(new GeneralSubtree(new GeneralName(GeneralName.dNSName, domain))));
    networks.forEach(
        net ->
            permitted.add(
                new GeneralSubtree(
                    new GeneralName(GeneralName.iPAddress, new DEROctetString(net)))));
    return new NameConstraints(permitted.toArray(GeneralSubtree[]::new), null);
  }

  /** Names and addresses as a subjectAltName extension. */
  static GeneralNames alternativeNames(Collection<String> names) {
    return new GeneralNames(
        names.stream()
            .map(
                name ->
                    new GeneralName(
                        SiteNames.isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName,
                        name))
            .toArray(GeneralName[]::new));
  }

  private static boolean covers(byte[] net, byte[] address) {
    if (net.length != 2 * address.length) {
      return false;
    }
    for (int i = 0; i < address.length; i++) {
      if (((net[i] ^ address[i]) & net[address.length + i]) != 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] single(byte[] address) {
    byte[] net = Arrays.copyOf(address, 2 * address.length);
    Arrays.fill(net, address.length, net.length, (byte) 0xff);
    return net;
  }
}
