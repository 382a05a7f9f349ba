package org.latchkey.pbx.reference.internal;

import org.latchkey.admission.DestinationsSetting;
import org.latchkey.pbx.reference.internal.call.PermittedCalls;

/**
 * Permitted destinations that can be read, as they are set.
 *
 * @param setting destinations and networks
 * @param perSource calls of unproved callers of one address
 * @param total calls of all of them
 */
record DestinationsInForce(DestinationsSetting setting, int perSource, int total) {

  /** Those of a configuration in which every value can be read. */
  static DestinationsInForce of(DestinationsConfiguration c) {
    return new DestinationsInForce(
        new DestinationsSetting(
            SettingsReader.list(c.emergency()),
            SettingsReader.list(c.helpDesk()),
            SettingsReader.list(c.test()),
            SettingsReader.list(c.unprovedNetworks())),
        c.unprovedPerSource(),
        c.unprovedTotal());
  }

  /**
   * What they permit.
   *
   * @throws IllegalArgumentException with a sentence that names what to correct
   */
  PermittedCalls permitted() {
    return PermittedCalls.of(setting, perSource, total);
  }

  /** These, with all of {@code asked} that can be read. */
  DestinationsInForce withReadableOf(DestinationsInForce asked) {
    return new DestinationsInForce(
        setting.withReadableOf(asked.setting),
        asked.perSource > 0 ? asked.perSource : perSource,
        asked.total > 0 ? asked.total : total);
  }
}
