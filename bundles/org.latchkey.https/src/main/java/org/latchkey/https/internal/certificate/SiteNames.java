package org.latchkey.https.internal.certificate;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.util.IPAddress;

/**
 * The names of a site: what its server certificate carries, and what its authority may certify.
 *
 * @param publicName the host name or address that phones use
 * @param extraNames further names and addresses
 * @param domains the DNS domains the authority is limited to; empty: taken from {@code publicName}
 */
public record SiteNames(String publicName, List<String> extraNames, List<String> domains) {

  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1");
  private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
  private static final Pattern HOST = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
  private static final int MOST_CHARACTERS = 253;

  /**
   * Puts the names into lower case and checks them.
   *
   * @throws IllegalArgumentException when one is neither a host name nor an address
   */
  public SiteNames {
    publicName = checked(publicName);
    extraNames = extraNames.stream().map(SiteNames::checked).toList();
    domains = domains.stream().map(SiteNames::checked).toList();
  }

  /** Every name of the server certificate, the public one first. */
  Set<String> all() {
    Set<String> all = new LinkedHashSet<>();
    all.add(publicName);
    all.addAll(LOOPBACK);
    all.addAll(extraNames);
    return all;
  }

  /** The DNS domains that the authority may certify: each stands for itself and all below. */
  Set<String> permittedDomains() {
    Set<String> permitted = new LinkedHashSet<>();
    if (domains.isEmpty()) {
      hosts(publicName).map(SiteNames::domainOf).forEach(permitted::add);
    } else {
      permitted.addAll(domains);
    }
    extraNames.stream()
        .flatMap(SiteNames::hosts)
        .filter(host -> permitted.stream().noneMatch(domain -> isWithin(host, domain)))
        .forEach(permitted::add);
    permitted.add("localhost");
    return permitted;
  }

  /** The single addresses that the authority may certify, loopback aside. */
  Set<String> permittedAddresses() {
    Set<String> permitted = new LinkedHashSet<>();
    Stream.concat(Stream.of(publicName), extraNames.stream())
        .filter(name -> isAddress(name) && !LOOPBACK.contains(name))
        .forEach(permitted::add);
    return permitted;
  }

  /** Whether a name is an IPv4 or IPv6 address. */
  static boolean isAddress(String name) {
    return IPAddress.isValidIPv4(name) || IPAddress.isValidIPv6(name);
  }

  /** The bytes of an address. */
  static byte[] addressBytes(String address) {
    if (!isAddress(address)) {
      throw new IllegalArgumentException(address + " is no address");
    }
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address + " is no address", e);
    }
  }

  /** Whether a host is the domain or below it. */
  static boolean isWithin(String host, String domain) {
    return host.equals(domain) || host.endsWith('.' + domain);
  }

  private static Stream<String> hosts(String name) {
    return isAddress(name) ? Stream.empty() : Stream.of(name);
  }

  /** The domain above a host, unless that could be a registry's, such as {@code co.uk}. */
  private static String domainOf(String host) {
    String[] labels = host.split("\\.", -1);
    if (labels.length < 3) {
      return host;
    }
    String above = String.join(".", Arrays.copyOfRange(labels, 1, labels.length));
    boolean couldBeRegistry =
        labels.length == 3 && labels[1].length() <= 3 && labels[2].length() == 2;
    return couldBeRegistry ? host : above;
  }

  private static String checked(String name) {
    String lower = name.trim().toLowerCase(Locale.ROOT);
    if (isAddress(lower)) {
      return canonical(lower);
    }
    if (lower.length() > MOST_CHARACTERS || !HOST.matcher(lower).matches()) {
      throw new IllegalArgumentException(
          "'" + name + "' is neither a host name nor an IP address: correct it in the settings");
    }
    return lower;
  }

  private static String canonical(String address) {
    try {
      String text = InetAddress.getByAddress(addressBytes(address)).getHostAddress();
      return text.equals("0:0:0:0:0:0:0:1") ? "::1" : text;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address + " is no address", e);
    }
  }
}
