package org.latchkey.pbx.http.internal.asterisk;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/** The Asterisk of this site, there as long as its settings file is. */
@Component(
    service = Asterisk.class,
    configurationPid = "org.latchkey.pbx.http.asterisk",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = AsteriskConfiguration.class)
public final class Asterisk {

  private final AsteriskSettings settings;

  /** The Asterisk of the settings. */
  @Activate
  public Asterisk(AsteriskConfiguration configuration) {
    this(AsteriskSettings.of(configuration));
  }

  Asterisk(AsteriskSettings settings) {
    this.settings = settings;
  }

  /** Its settings. */
  AsteriskSettings settings() {
    return settings;
  }
}
