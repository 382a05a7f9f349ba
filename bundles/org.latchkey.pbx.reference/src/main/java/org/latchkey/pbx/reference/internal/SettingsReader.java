package org.latchkey.pbx.reference.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.pbx.reference.internal.call.MoveCode;
import org.latchkey.pbx.reference.internal.call.TrunkSources;
import org.latchkey.pbx.reference.internal.transport.ListenerSpec;
import org.latchkey.pbx.reference.internal.transport.Transport;

/** Reads configurations into checked settings. */
final class SettingsReader {

  private final Path base;
  private final String defaultBind;

  /**
   * A reader.
   *
   * @param base what relative paths are relative to
   * @param defaultBind the address of listeners that name none
   */
  SettingsReader(Path base, String defaultBind) {
    this.base = base;
    this.defaultBind = defaultBind;
  }

  /**
   * Reads the settings of the PBX.
   *
   * @throws IllegalArgumentException with a sentence that names the setting to correct
   */
  Settings read(ReferencePbxConfiguration c) {
    List<String> domains = list(c.domains()).stream().map(d -> d.toLowerCase(Locale.ROOT)).toList();
    require(!domains.isEmpty(), "domains must name at least one SIP domain");
    require(!c.realm().isBlank() && c.realm().indexOf('"') < 0, "realm must be one word or more");
    require(c.maxRingingSeconds() >= 10, "maxRingingSeconds must be 10 or more");
    require(c.maxRingingSeconds() <= 3600, "maxRingingSeconds must be 3600 or less");
    require(
        c.maxCalls() > 0 && c.maxCallsPerPhone() > 0 && c.maxCallsPerTrunk() > 0,
        "maxCalls, maxCallsPerPhone and maxCallsPerTrunk: 1 or more");
    require(c.maxRegistrations() > 0, "maxRegistrations: 1 or more");
    require(
        c.connections() > 0 && c.connectionsPerSource() > 0,
        "connections and connectionsPerSource: 1 or more");
    Set<String> served = new LinkedHashSet<>(domains);
    return new Settings(
        c.realm(),
        served,
        domains.get(0),
        listeners(c),
        TrunkSources.of(list(c.trunks())),
        base.resolve(c.certificateFile()),
        base.resolve(c.keyFile()),
        c.maxRingingSeconds(),
        c.maxCalls(),
        c.maxCallsPerPhone(),
        c.maxCallsPerTrunk(),
        c.maxRegistrations(),
        c.connectionsPerSource(),
        c.connections(),
        new MoveCode(c.moveCode().trim()));
  }

  private List<ListenerSpec> listeners(ReferencePbxConfiguration c) {
    List<ListenerSpec> specs = new ArrayList<>();
    add(specs, Transport.UDP, c.udpBind(), c.udpPort(), DigestAlgorithm.MD5);
    add(specs, Transport.TCP, c.tcpBind(), c.tcpPort(), DigestAlgorithm.MD5);
    add(specs, Transport.TLS, c.tlsBind(), c.tlsPort(), DigestAlgorithm.MD5);
    add(specs, Transport.TLS, c.tlsSha256Bind(), c.tlsSha256Port(), DigestAlgorithm.SHA_256);
    return specs;
  }

  private void add(
      List<ListenerSpec> specs, Transport transport, String bind, int port, DigestAlgorithm with) {
    require(port >= 0 && port <= 65_535, "a port must be 0 (off) to 65535, not " + port);
    if (port > 0) {
      String address = bind.isBlank() ? defaultBind : bind.trim();
      specs.add(new ListenerSpec(transport, address, port, with));
    }
  }

  /** A setting's values; a {@code .cfg} file gives them as one text with commas. */
  static List<String> list(String[] values) {
    return Arrays.stream(values)
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::trim)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  private static void require(boolean right, String sentence) {
    if (!right) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
