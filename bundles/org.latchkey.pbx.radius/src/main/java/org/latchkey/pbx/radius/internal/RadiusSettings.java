package org.latchkey.pbx.radius.internal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.latchkey.admission.SourceNetworks;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;

/**
 * The settings, checked.
 *
 * @param realm the realm that is answered for
 * @param domains the domains that are answered for, in lower case, at least one
 * @param algorithm of the nonces that we make
 * @param udp where we listen for datagrams
 * @param radsec where we listen for TLS
 * @param clients who asks by datagrams
 * @param certificateClients who asks over TLS, by the common names of their certificates
 */
record RadiusSettings(
    String realm,
    List<String> domains,
    DigestAlgorithm algorithm,
    InetSocketAddress udp,
    InetSocketAddress radsec,
    List<RadiusClient> clients,
    List<RadiusClient> certificateClients) {

  private static final String NAME = "[A-Za-z0-9._-]{1,64}";
  private static final String LOOPBACK = "127\\..*|::1(/128)?";

  /**
   * Checks realm and domains.
   *
   * @throws IllegalArgumentException naming the setting that is bad
   */
  RadiusSettings {
    if (!realm.matches("[!-~&&[^\"\\\\]]{1,128}")) {
      throw new IllegalArgumentException(
          "realm is empty, too long, or holds a space, a quotation mark or a backslash");
    }
    if (domains.isEmpty()) {
      throw new IllegalArgumentException("domains names no domain; name at least one");
    }
    domains = domains.stream().map(domain -> new Aor("check", domain).domain()).toList();
    clients = List.copyOf(clients);
    certificateClients = List.copyOf(certificateClients);
  }

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException naming the setting that is bad
   */
  static RadiusSettings of(RadiusConfiguration set) {
    List<String> nonces = list(set.askForNonces());
    List<RadiusClient> clients = clients(set, nonces);
    List<RadiusClient> certificates =
        list(set.radsecNames()).stream()
            .map(name -> RadiusClient.ofCertificate(name, nonces.contains(name)))
            .toList();
    List<String> known = new ArrayList<>(clients.stream().map(RadiusClient::name).toList());
    mustBeAmong(known, list(set.withoutMessageAuthenticator()), "withoutMessageAuthenticator");
    mustBeAmong(known, list(set.tellOverHttps()), "tellOverHttps");
    certificates.forEach(client -> known.add(client.name()));
    mustBeAmong(known, nonces, "askForNonces");
    return new RadiusSettings(
        set.realm().trim(),
        list(set.domains()),
        DigestAlgorithm.ofToken(set.algorithm().trim())
            .orElseThrow(
                () -> new IllegalArgumentException("algorithm is neither MD5 nor SHA-256")),
        address(set.bind().trim(), set.port(), "port"),
        address(set.bind().trim(), set.radsecPort(), "radsecPort"),
        clients,
        certificates);
  }

  /** The client of this name that asks by datagrams. */
  Optional<RadiusClient> client(String name) {
    return clients.stream().filter(client -> client.name().equals(name)).findFirst();
  }

  private static List<RadiusClient> clients(RadiusConfiguration set, List<String> nonces) {
    List<String> without = list(set.withoutMessageAuthenticator());
    List<String> tellers = list(set.tellOverHttps());
    List<RadiusClient> clients = new ArrayList<>();
    for (String entry : list(set.clients())) {
      String[] parts = entry.split("=", 2);
      String name = parts[0].trim();
      if (parts.length != 2 || !name.matches(NAME)) {
        throw new IllegalArgumentException(
            "clients: '" + entry + "' is not such as kamailio=192.0.2.7");
      }
      if (clients.stream().anyMatch(client -> client.name().equals(name))) {
        throw new IllegalArgumentException("clients names '" + name + "' twice");
      }
      String network = parts[1].trim();
      SourceNetworks networks = SourceNetworks.of(List.of(network));
      InetAddress first = literal(network.split("/", 2)[0]);
      clients.stream()
          .filter(client -> client.isAt(first) || networks.contains(client.firstAddress()))
          .findFirst()
          .ifPresent(
              client -> {
                throw new IllegalArgumentException(
                    "clients: '%s' and '%s' share addresses, so nobody knows whose secret counts"
                        .formatted(client.name(), name));
              });
      clients.add(
          new RadiusClient(
              name,
              true,
              networks,
              first,
              network.matches(LOOPBACK),
              !without.contains(name),
              nonces.contains(name),
              tellers.contains(name)));
    }
    return clients;
  }

  /** An address that was checked to be one, and no name. */
  private static InetAddress literal(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("clients: '" + address + "' is no IP address", e);
    }
  }

  /** A slip in a name would leave a client with other rules than its administrator thinks. */
  private static void mustBeAmong(List<String> known, List<String> names, String setting) {
    for (String name : names) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "%s: there is no client '%s'; it is one of: %s"
                .formatted(setting, name, String.join(", ", known)));
      }
    }
  }

  private static InetSocketAddress address(String bind, int port, String setting) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(setting + " is no port");
    }
    try {
      if (bind.matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
        return new InetSocketAddress(InetAddress.getByName(bind), port);
      }
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("bind is no IP address, such as 127.0.0.1", e);
    }
    throw new IllegalArgumentException("bind is no IP address, such as 127.0.0.1");
  }

  private static List<String> list(String[] values) {
    return Arrays.stream(values)
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::trim)
        .filter(value -> !value.isEmpty())
        .toList();
  }
}
