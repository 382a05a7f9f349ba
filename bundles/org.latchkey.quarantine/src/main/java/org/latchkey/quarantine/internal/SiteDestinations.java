package org.latchkey.quarantine.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.latchkey.admission.DestinationsSetting;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The setting {@code org.latchkey.destinations} as the quarantine reads it. A bad edit changes
 * nothing: the last good reading stays in force. Where there was none, each value that can be read
 * holds, and the defaults for the rest. An edit does not make a new component, so that the last
 * good reading is remembered.
 */
@Component(service = SiteDestinations.class, configurationPid = "org.latchkey.destinations")
public final class SiteDestinations {

  private static final Logger LOG = LoggerFactory.getLogger(SiteDestinations.class);

  private volatile Permissions current = Permissions.DEFAULTS;
  private volatile Optional<String> problem = Optional.empty();
  private boolean everGood;

  /** Reads the setting for the first time. */
  @Activate
  public SiteDestinations(DestinationsConfiguration configuration) {
    modified(configuration);
  }

  /** The defaults, until something is read. */
  SiteDestinations() {}

  /** The setting was edited. */
  @Modified
  void modified(DestinationsConfiguration configuration) {
    read(
        Arrays.asList(configuration.emergency()),
        Arrays.asList(configuration.helpDesk()),
        Arrays.asList(configuration.test()),
        Arrays.asList(configuration.unprovedNetworks()));
  }

  /** Takes over a setting, or says what is wrong with it. */
  synchronized void read(
      List<String> emergency, List<String> helpDesk, List<String> test, List<String> networks) {
    DestinationsSetting asked = new DestinationsSetting(emergency, helpDesk, test, networks);
    try {
      current = Permissions.of(asked);
      everGood = true;
      problem = Optional.empty();
    } catch (IllegalArgumentException e) {
      if (!everGood) {
        current = Permissions.of(Permissions.DEFAULT_SETTING.withReadableOf(asked));
      }
      String sentence = OneLine.of(String.valueOf(e.getMessage()));
      problem = Optional.of(sentence);
      LOG.warn(
          "org.latchkey.destinations is not taken over, the last good list stays: {}", sentence);
    }
  }

  /** The last good reading. */
  Permissions current() {
    return current;
  }

  /** What is wrong with the setting as it stands now. */
  Optional<String> problem() {
    return problem;
  }
}
