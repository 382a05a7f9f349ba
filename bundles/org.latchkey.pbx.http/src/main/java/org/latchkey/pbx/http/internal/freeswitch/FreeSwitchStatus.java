package org.latchkey.pbx.http.internal.freeswitch;

import java.io.IOException;
import java.util.List;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.pbx.http.internal.kamailio.SiteDestinations;
import org.latchkey.status.StatusLine;

/** How FreeSWITCH is, seen from here. */
final class FreeSwitchStatus {

  private static final String MAKE_ANEW =
      "Type latchkey:pbx-config freeswitch DIRECTORY, bring the directory to FreeSWITCH, and restart"
          + " it.";

  private FreeSwitchStatus() {}

  /** The lines; none when no configuration was ever made. May block for up to 2 seconds. */
  static List<StatusLine> lines(
      PbxSite site, FreeSwitch freeSwitch, SiteDestinations destinations, Link link) {
    if (!link.isUsed()) {
      return List.of();
    }
    FreeSwitchSettings settings = freeSwitch.settings();
    String address = settings.host() + ":" + settings.port();
    try {
      String made = link.run(commands -> commands.api("global_getvar latchkey_made")).strip();
      if (made.equals(new ConfigurationTexts(site, settings, destinations.read()).mark())) {
        return List.of(
            StatusLine.ok("FreeSWITCH answers at " + address + ", with the settings of today"));
      }
      return List.of(
          StatusLine.warning(
              "FreeSWITCH's configuration was made of other settings, emergency numbers perhaps",
              MAKE_ANEW));
    } catch (IOException e) {
      return List.of(
          StatusLine.fault(
              "FreeSWITCH's event socket at %s can't be used, so calls are refused and revoked phones stay registered there: %s"
                  .formatted(address, e.getMessage()),
              "Start FreeSWITCH, and compare eventSocketAddress in"
                  + " etc/org.latchkey.pbx.http.freeswitch.cfg."));
    } catch (RequestRefusedException e) {
      return List.of(
          StatusLine.warning(
              "Whether FreeSWITCH has the emergency numbers of today is not known: "
                  + e.getMessage(),
              "Correct the file."));
    }
  }
}
