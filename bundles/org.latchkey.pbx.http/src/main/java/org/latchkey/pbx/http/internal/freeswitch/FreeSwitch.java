package org.latchkey.pbx.http.internal.freeswitch;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/** The FreeSWITCH of this site, there as long as its settings file is; with what is registered. */
@Component(
    service = FreeSwitch.class,
    configurationPid = "org.latchkey.pbx.http.freeswitch",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = FreeSwitchConfiguration.class)
public final class FreeSwitch {

  private final FreeSwitchSettings settings;
  private final LiveRegistrations registrations = new LiveRegistrations();

  /** The FreeSWITCH of the settings. */
  @Activate
  public FreeSwitch(FreeSwitchConfiguration configuration) {
    this(FreeSwitchSettings.of(configuration));
  }

  FreeSwitch(FreeSwitchSettings settings) {
    this.settings = settings;
  }

  /** Its settings. */
  FreeSwitchSettings settings() {
    return settings;
  }

  /** What is registered there. */
  LiveRegistrations registrations() {
    return registrations;
  }
}
