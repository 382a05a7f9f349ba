package org.latchkey.pbx.http.internal.freeswitch;

import java.util.List;
import java.util.Locale;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.admission.PermittedDestinations.Kind;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.pbx.http.internal.FileValues;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.pbx.http.internal.kamailio.Destinations;

/**
 * FreeSWITCH's configuration made of our files, whose {@code @NAME@} are replaced. What goes in was
 * checked before, and is escaped where XML wants it.
 */
final class ConfigurationTexts {

  /**
   * Raised when what the files say changes, so that status tells of files that were made before.
   */
  private static final String EDITION = "2";

  private final FileValues values = new FileValues(ConfigurationTexts.class);
  private final PbxSite site;
  private final FreeSwitchSettings settings;
  private final Destinations destinations;

  /**
   * The texts for a site, without what is made for one installation.
   *
   * @throws RequestRefusedException when a value can't be said in FreeSWITCH's configuration
   */
  ConfigurationTexts(PbxSite site, FreeSwitchSettings settings, Destinations destinations) {
    this.site = site;
    this.settings = settings;
    this.destinations = destinations;
    if (!site.realm().matches("[0-9A-Za-z._-]+")) {
      throw refused("realm has a character other than letters, digits, dots and dashes");
    }
    values.put("REALM", site.realm());
    values.put("ADMITTED_CONTEXT", settings.admittedContext());
    values.put("EVENT_SOCKET_HOST", settings.host());
    values.put("EVENT_SOCKET_PORT", Integer.toString(settings.port()));
    values.put("PROFILE_MORE", profile());
    values.put("UNPROVED_PER_SOURCE", Integer.toString(destinations.perSource()));
    values.put("UNPROVED_TOTAL", Integer.toString(destinations.total()));
    values.put("NETWORKS", networks());
    values.put("DIRECTORY", "@DIRECTORY@");
    values.put("DESTINATIONS", allDestinations());
    values.put("EDITION", EDITION);
    values.put("MADE", values.mark());
  }

  /** By what settings they were made: another value for others. */
  String mark() {
    return values.get("MADE");
  }

  /** With a value for one installation. */
  ConfigurationTexts with(String name, String value) {
    values.put(name, value);
    return this;
  }

  /** The text of one of our files, filled in. */
  String fill(String file) {
    return values.fill(file);
  }

  /** The users of other phones are looked up in the one domain, whatever the realm is. */
  private String profile() {
    StringBuilder more = new StringBuilder();
    if (site.domains().size() == 1) {
      more.append(param("force-register-domain", site.domains().get(0)));
    }
    if (settings.algorithm() != DigestAlgorithm.MD5) {
      more.append(param("rfc8760-auth-algorithms", settings.algorithm().token()));
    }
    return more.toString();
  }

  private static String param(String name, String value) {
    return "  <param name=\"%s\" value=\"%s\"/>\n".formatted(name, value);
  }

  /** FreeSWITCH compares an address with networks of its own family alone; those of IPv4. */
  private String networks() {
    List<String> networks =
        destinations.networks().stream()
            .filter(network -> network.matches("[0-9./]+"))
            .map(network -> network.contains("/") ? network : network + "/32")
            .toList();
    return networks.isEmpty() ? "127.0.0.1/32" : String.join(",", networks);
  }

  private String allDestinations() {
    StringBuilder text = new StringBuilder();
    int number = 0;
    for (Destination destination : destinations.all()) {
      if (!destination.dialled().startsWith("urn:")) {
        number++;
        text.append(one("destination-proved.xml", number, destination));
        if (destination.kind() != Kind.TEST) {
          text.append(one("destination-unproved.xml", number, destination));
        }
      }
    }
    return text.toString();
  }

  private String one(String file, int number, Destination destination) {
    if (!Names.isDialled(destination.dialled())) {
      throw refused("FreeSWITCH can't be told to look for '" + destination.dialled() + "'");
    }
    String target =
        DialString.of(destination.target(), site, settings)
            .orElseThrow(
                () -> refused("FreeSWITCH can't be sent to '" + destination.target() + "'"));
    return values
        .text(file)
        .replace("@NUMBER@", Integer.toString(number))
        .replace("@DIALLED@", destination.dialled().replaceAll("[+*.]", "\\\\$0"))
        .replace("@KIND@", destination.kind().name().toLowerCase(Locale.ROOT))
        .replace("@EVENT@", escaped(PermittedEvent.data(destination)))
        .replace("@TARGET@", escaped(target));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private static RequestRefusedException refused(String why) {
    return new RequestRefusedException("Nothing was written: " + why + ".");
  }
}
