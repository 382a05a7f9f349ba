package org.latchkey.pbx.http.internal.kamailio;

import org.latchkey.key.RequestRefusedException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;

/**
 * The setting {@code org.latchkey.destinations} as it stands. Kamailio keeps its own copy until an
 * administrator brings it another; one that can't be read is not written at all.
 */
@Component(service = SiteDestinations.class, configurationPid = "org.latchkey.destinations")
public final class SiteDestinations {

  private volatile DestinationsConfiguration set;

  /** Takes the setting; it is read when it is wanted. */
  @Activate
  public SiteDestinations(DestinationsConfiguration configuration) {
    set = configuration;
  }

  @Modified
  void modified(DestinationsConfiguration configuration) {
    set = configuration;
  }

  /**
   * The destinations.
   *
   * @throws RequestRefusedException when the setting can't be read
   */
  public Destinations read() {
    try {
      return Destinations.of(set);
    } catch (RuntimeException e) {
      throw new RequestRefusedException(
          "Nothing was written, since etc/org.latchkey.destinations.cfg can't be used: %s."
              .formatted(e.getMessage()));
    }
  }
}
