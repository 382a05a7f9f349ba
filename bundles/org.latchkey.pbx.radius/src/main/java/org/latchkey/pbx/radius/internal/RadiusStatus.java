package org.latchkey.pbx.radius.internal;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.latchkey.status.StatusLine;

/** How the adapter is, in lines. */
final class RadiusStatus {

  private RadiusStatus() {}

  /** The line of a port. */
  static StatusLine port(String what, InetSocketAddress address, KeptPort port) {
    return port.problem().isEmpty()
        ? StatusLine.ok("%s is answered at %s".formatted(what, port.at().orElse(address)))
        : StatusLine.fault(
            "%s can't be asked at %s, so the PBXs there refuse all phones: %s"
                .formatted(what, address, port.problem()),
            "Free the port, or set another in etc/org.latchkey.pbx.radius.cfg; it is tried again by itself.");
  }

  /** The lines of the clients that ask by UDP, the worst first. */
  static List<StatusLine> clients(
      RadiusSettings settings, Map<String, SharedSecret> secrets, RadiusDesk desk) {
    List<StatusLine> lines = new ArrayList<>();
    for (RadiusClient client : settings.clients()) {
      SharedSecret secret = secrets.get(client.name());
      String problem = secret == null ? "" : secret.problem();
      if (!problem.isEmpty()) {
        lines.add(
            StatusLine.fault(
                "%s is not answered, since its shared secret can't be used: %s"
                    .formatted(client.name(), problem),
                "Write it there for its owner only, the same as on the PBX; or type latchkey:pbx-config."));
        continue;
      }
      Tally tally = desk.tally(client);
      if (tally.onlyDropped()) {
        lines.add(
            StatusLine.warning(
                "None of the %d packets of %s is an authentic question"
                    .formatted(tally.dropped.sum(), client.name()),
                "Compare the shared secrets; a client that sends no Message-Authenticator belongs into withoutMessageAuthenticator."));
      }
      if (!client.authenticates()) {
        lines.add(unauthenticated(client));
      }
      lines.add(
          StatusLine.ok(
              "%s: %d questions taken, %d refused, %d not answered, %d packets dropped"
                  .formatted(
                      client.name(),
                      tally.taken.sum(),
                      tally.refused.sum(),
                      tally.unknown.sum(),
                      tally.dropped.sum())));
    }
    lines.sort(Comparator.comparing(StatusLine::level).reversed());
    return lines;
  }

  private static StatusLine unauthenticated(RadiusClient client) {
    return client.onLoopback()
        ? StatusLine.ok(
            client.name()
                + " sends no Message-Authenticator; it is on this machine, where nobody can use that (Blast-RADIUS)")
        : StatusLine.warning(
            client.name()
                + " sends no Message-Authenticator, so whoever is on the way can forge answers to it (Blast-RADIUS, CVE-2024-3596), unless it checks the proof in each acceptance, as Kamailio does with the files of latchkey:pbx-config",
            "Run it on this machine, lead it through a tunnel or RadSec, or update its RADIUS library and take it out of withoutMessageAuthenticator.");
  }
}
