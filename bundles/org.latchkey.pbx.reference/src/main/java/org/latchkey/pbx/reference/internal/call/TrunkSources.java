package org.latchkey.pbx.reference.internal.call;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latchkey.admission.Originator;
import org.latchkey.admission.SourceNetworks;

/**
 * Where calls come from that nobody challenges: the trunks of the PBX. They reach phones, held ones
 * too, so that an emergency service can call back; they reach nothing else. Immutable.
 */
public final class TrunkSources {

  private static final Pattern ENTRY =
      Pattern.compile("([\\w.-]{1,64})\\s*=\\s*(?:\\[([^\\]]+)\\]|([^:\\s]+))(?::([0-9]{1,5}))?");

  private final List<Trunk> trunks;

  private TrunkSources(List<Trunk> trunks) {
    this.trunks = trunks;
  }

  /**
   * Reads the setting.
   *
   * @param entries {@code name=address}, {@code name=network/bits} or {@code name=address:port}, an
   *     IPv6 address in brackets
   * @throws IllegalArgumentException naming the entry that is none
   */
  public static TrunkSources of(List<String> entries) {
    return new TrunkSources(entries.stream().map(TrunkSources::trunk).toList());
  }

  /** The trunk at {@code source}; empty when it is none. */
  public Optional<Originator.Trusted> at(InetSocketAddress source) {
    return trunks.stream()
        .filter(trunk -> trunk.networks.contains(source.getAddress()))
        .filter(trunk -> trunk.port == 0 || trunk.port == source.getPort())
        .findFirst()
        .map(trunk -> new Originator.Trusted(trunk.name));
  }

  /** Whether {@code source} has the port of a trunk at its address, if one is given there. */
  boolean mayBe(InetSocketAddress source) {
    boolean known = trunks.stream().anyMatch(trunk -> trunk.networks.contains(source.getAddress()));
    return !known || at(source).isPresent();
  }

  private static Trunk trunk(String entry) {
    Matcher parts = ENTRY.matcher(entry);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "trunks: '" + entry + "' is not of the form name=address, name=address:port");
    }
    String address = parts.group(2) == null ? parts.group(3) : parts.group(2);
    int port = parts.group(4) == null ? 0 : Integer.parseInt(parts.group(4));
    if (port > 65_535 || (parts.group(4) != null && port == 0)) {
      throw new IllegalArgumentException("trunks: '" + entry + "' has no port of 1 to 65535");
    }
    return new Trunk(parts.group(1), SourceNetworks.of(List.of(address)), port);
  }

  private record Trunk(String name, SourceNetworks networks, int port) {}
}
