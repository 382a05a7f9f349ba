package org.latchkey.pbx.http.internal.kamailio;

import java.util.List;
import org.latchkey.admission.PermittedDestinations;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.admission.SourceNetworks;
import org.latchkey.pbx.http.internal.PbxSite;

/**
 * The permitted destinations as they go into Kamailio's configuration, checked, so that none of
 * them can end a text or a line there.
 *
 * @param all the destinations
 * @param networks from where unproved callers reach them, in CIDR notation
 * @param perSource how many such calls of one source at once
 * @param total and of all sources
 */
public record Destinations(List<Destination> all, List<String> networks, int perSource, int total) {

  /** What stands for itself between quotation marks in Kamailio's configuration. */
  private static final String PLAIN = "[!-~&&[^\"'\\\\$]]+";

  /**
   * Checks each.
   *
   * @throws IllegalArgumentException naming what is bad
   */
  public Destinations {
    all = List.copyOf(all);
    networks = List.copyOf(networks);
    for (Destination destination : all) {
      if (!destination.dialled().matches(PLAIN) || !destination.target().matches(PLAIN)) {
        throw new IllegalArgumentException(
            "the entry of '%s' holds a character that Kamailio's configuration can't have"
                .formatted(destination.dialled()));
      }
    }
    if (perSource < 1 || total < 1) {
      throw new IllegalArgumentException("unprovedPerSource and unprovedTotal are at least 1");
    }
  }

  /**
   * Reads the setting.
   *
   * @throws IllegalArgumentException naming the entry that is bad
   */
  static Destinations of(DestinationsConfiguration set) {
    List<String> networks = PbxSite.list(set.unprovedNetworks());
    SourceNetworks unused = SourceNetworks.of(networks);
    return new Destinations(
        PermittedDestinations.of(
                List.of(set.emergency()), List.of(set.helpDesk()), List.of(set.test()))
            .all(),
        networks,
        set.unprovedPerSource(),
        set.unprovedTotal());
  }
}
