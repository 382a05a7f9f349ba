package org.latchkey.quarantine.internal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latchkey.admission.PermittedDestinations;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.admission.PermittedDestinations.Kind;
import org.latchkey.admission.SourceNetworks;
import org.latchkey.key.Aor;

/**
 * What one good reading of the setting permits.
 *
 * @param destinations what everybody reaches
 * @param unprovedNetworks from where even callers who proved nothing reach it
 * @param helpDesks the AORs of the help desk
 */
record Permissions(
    PermittedDestinations destinations, SourceNetworks unprovedNetworks, Set<Aor> helpDesks) {

  /** What holds without any configuration. */
  static final Permissions DEFAULTS =
      of(
          List.of(DestinationsConfiguration.EMERGENCY),
          List.of(DestinationsConfiguration.HELP_DESK),
          List.of(DestinationsConfiguration.TEST),
          List.of(DestinationsConfiguration.UNPROVED_NETWORKS));

  /**
   * Reads the setting.
   *
   * @throws IllegalArgumentException naming the entry that is bad
   */
  static Permissions of(
      List<String> emergency, List<String> helpDesk, List<String> test, List<String> networks) {
    PermittedDestinations destinations = PermittedDestinations.of(emergency, helpDesk, test);
    return new Permissions(
        destinations,
        SourceNetworks.of(networks),
        dialled(destinations, Kind.HELP_DESK)
            .map(destination -> Aor.ofUri(destination.target(), ""))
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** The help desk's number, the first one if there are several. */
  Optional<String> helpDeskNumber() {
    return dialled(destinations, Kind.HELP_DESK).map(Destination::dialled).findFirst();
  }

  /** The dialled strings of a kind, as a person lists them. */
  String list(Kind kind) {
    return dialled(destinations, kind).map(Destination::dialled).collect(Collectors.joining(", "));
  }

  private static Stream<Destination> dialled(PermittedDestinations destinations, Kind kind) {
    return destinations.all().stream().filter(destination -> destination.kind() == kind);
  }
}
