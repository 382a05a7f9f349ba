package org.latchkey.pbx.reference.internal;

import org.latchkey.pbx.reference.internal.call.PermittedCalls;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PBX's own copy of the permitted destinations. With no setting at all the defaults hold; an
 * edit that can't be read takes nothing away: the last good list stays.
 */
@Component(service = Destinations.class, configurationPid = "org.latchkey.destinations")
public final class Destinations {

  private static final Logger LOG = LoggerFactory.getLogger(Destinations.class);

  private volatile PermittedCalls permitted =
      SettingsReader.read(Defaults.of(DestinationsConfiguration.class));
  private volatile String problem = "";

  /** Reads the setting. */
  @Activate
  public Destinations(DestinationsConfiguration configuration) {
    modified(configuration);
  }

  /** Reads the changed setting. */
  @Modified
  public void modified(DestinationsConfiguration configuration) {
    try {
      permitted = SettingsReader.read(configuration);
      problem = "";
    } catch (IllegalArgumentException e) {
      problem = "etc/org.latchkey.destinations.cfg was not taken: " + e.getMessage();
      LOG.error("{}", problem);
    }
  }

  /** The list in force. */
  PermittedCalls permitted() {
    return permitted;
  }

  /** Why the last edit was not taken; empty when it was. */
  String problem() {
    return problem;
  }
}
