package org.latchkey.admission;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The values of the setting {@code org.latchkey.destinations} as an adapter finds them, not
 * checked. An adapter keeps the last one that can be read, so that nobody's slip of the hand takes
 * an emergency number away, over a restart too; where there never was one, it takes what can be
 * read instead of the defaults. Immutable.
 *
 * @param emergency entries {@code DIALLED=TARGET-URI} of emergency numbers
 * @param helpDesk entries {@code DIALLED=TARGET-URI} of the help desk
 * @param test entries {@code DIALLED=TARGET-URI} of the doctor's test
 * @param unprovedNetworks networks in CIDR notation from which unproved callers may call these
 */
public record DestinationsSetting(
    List<String> emergency,
    List<String> helpDesk,
    List<String> test,
    List<String> unprovedNetworks) {

  /** Keeps copies. */
  public DestinationsSetting {
    emergency = List.copyOf(emergency);
    helpDesk = List.copyOf(helpDesk);
    test = List.copyOf(test);
    unprovedNetworks = List.copyOf(unprovedNetworks);
  }

  /**
   * The destinations.
   *
   * @throws IllegalArgumentException naming the entry that is bad
   */
  public PermittedDestinations destinations() {
    return PermittedDestinations.of(emergency, helpDesk, test);
  }

  /**
   * The networks of unproved callers.
   *
   * @throws IllegalArgumentException naming the entry that is bad
   */
  public SourceNetworks networks() {
    return SourceNetworks.of(unprovedNetworks);
  }

  /**
   * This setting, which can be read, with each value of {@code asked} that can be read beside the
   * others. Emergency numbers come first: where a new one is among the numbers of the help desk or
   * the test, those go.
   */
  public DestinationsSetting withReadableOf(DestinationsSetting asked) {
    DestinationsSetting good = this;
    List<UnaryOperator<DestinationsSetting>> steps =
        List.of(
            s -> s.withEmergency(asked.emergency),
            s -> new DestinationsSetting(s.emergency, asked.helpDesk, s.test, s.unprovedNetworks),
            s -> new DestinationsSetting(s.emergency, s.helpDesk, asked.test, s.unprovedNetworks),
            s -> new DestinationsSetting(s.emergency, s.helpDesk, s.test, asked.unprovedNetworks));
    for (UnaryOperator<DestinationsSetting> step : steps) {
      DestinationsSetting next = step.apply(good);
      good = next.isReadable() ? next : good;
    }
    return good;
  }

  private DestinationsSetting withEmergency(List<String> numbers) {
    DestinationsSetting beside = new DestinationsSetting(numbers, helpDesk, test, unprovedNetworks);
    return beside.isReadable()
        ? beside
        : new DestinationsSetting(numbers, List.of(), List.of(), unprovedNetworks);
  }

  private boolean isReadable() {
    try {
      return !destinations().all().isEmpty() && networks() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
