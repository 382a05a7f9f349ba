package org.latchkey.pbx.http.internal.kamailio;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/** The Kamailio of this site, there as long as its settings file is. */
@Component(
    service = Kamailio.class,
    configurationPid = "org.latchkey.pbx.http.kamailio",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = KamailioConfiguration.class)
public final class Kamailio {

  private final KamailioSettings settings;

  /** The Kamailio of the settings. */
  @Activate
  public Kamailio(KamailioConfiguration configuration) {
    this(KamailioSettings.of(configuration));
  }

  Kamailio(KamailioSettings settings) {
    this.settings = settings;
  }

  /** Its settings. */
  KamailioSettings settings() {
    return settings;
  }
}
