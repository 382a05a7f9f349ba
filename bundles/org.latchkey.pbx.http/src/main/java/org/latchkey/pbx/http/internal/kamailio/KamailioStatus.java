package org.latchkey.pbx.http.internal.kamailio;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.status.StatusLine;

/** How Kamailio is, seen from here. */
final class KamailioStatus {

  private static final Duration NOTICE = Duration.ofDays(60);
  private static final String MAKE_ANEW =
      "Type latchkey:pbx-config kamailio DIRECTORY, bring the directory to Kamailio, and restart it.";

  private KamailioStatus() {}

  /** The lines, the worst first. May block for up to 2 seconds. */
  static List<StatusLine> lines(
      PbxSite site, Kamailio kamailio, SiteDestinations destinations, Rpc rpc, Instant now) {
    List<StatusLine> lines = new ArrayList<>();
    String address = kamailio.settings().rpcAddress();
    try {
      String made = String.valueOf(rpc.call("cfg.get", List.of("latchkey", "made")).orElse(""));
      lines.add(configuration(made, site, kamailio, destinations, address));
    } catch (IOException e) {
      lines.add(
          StatusLine.fault(
              "Kamailio's RPC at %s can't be used, so revoked phones stay registered there: %s"
                  .formatted(address, e.getMessage()),
              "Start Kamailio, and compare rpcAddress in etc/org.latchkey.pbx.http.kamailio.cfg."));
    }
    for (Map.Entry<String, Instant> certificate : site.certificatesSeen().entrySet()) {
      if (now.plus(NOTICE).isAfter(certificate.getValue())) {
        lines.add(
            StatusLine.warning(
                "The certificate '%s' of a PBX ends on %s; after that no phone registers there"
                    .formatted(
                        certificate.getKey(),
                        certificate.getValue().atZone(ZoneOffset.UTC).toLocalDate()),
                MAKE_ANEW));
      }
    }
    lines.sort(Comparator.comparing(StatusLine::level).reversed());
    return lines;
  }

  private static StatusLine configuration(
      String made, PbxSite site, Kamailio kamailio, SiteDestinations destinations, String address) {
    try {
      if (made.equals(new Template(site, kamailio.settings(), destinations.read()).mark())) {
        return StatusLine.ok("Kamailio answers at " + address + ", with the settings of today");
      }
      return StatusLine.warning(
          "Kamailio's configuration was made of other settings, emergency numbers perhaps",
          MAKE_ANEW);
    } catch (RequestRefusedException e) {
      return StatusLine.warning(
          "Whether Kamailio has the emergency numbers of today is not known: " + e.getMessage(),
          "Correct the file.");
    }
  }
}
