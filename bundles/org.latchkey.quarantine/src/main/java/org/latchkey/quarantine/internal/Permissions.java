package org.latchkey.quarantine.internal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latchkey.admission.DestinationsSetting;
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
 * @param reachHeldPhones the AORs that call phones in quarantine, too: those that the help desk and
 *     the emergency numbers lead to, which call back
 */
record Permissions(
    PermittedDestinations destinations, SourceNetworks unprovedNetworks, Set<Aor> reachHeldPhones) {

  /** What is set without any configuration. */
  static final DestinationsSetting DEFAULT_SETTING =
      new DestinationsSetting(
          List.of(DestinationsConfiguration.EMERGENCY),
          List.of(DestinationsConfiguration.HELP_DESK),
          List.of(DestinationsConfiguration.TEST),
          List.of(DestinationsConfiguration.UNPROVED_NETWORKS));

  /** What holds then. */
  static final Permissions DEFAULTS = of(DEFAULT_SETTING);

  /**
   * Reads the setting.
   *
   * @throws IllegalArgumentException naming the entry that is bad
   */
  static Permissions of(DestinationsSetting setting) {
    PermittedDestinations destinations = setting.destinations();
    return new Permissions(
        destinations,
        setting.networks(),
        destinations.all().stream()
            .filter(destination -> destination.kind() != Kind.TEST)
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
