package org.latchkey.pbx.http.internal.kamailio;

import org.latchkey.pbx.http.internal.proxy.ProxyKind;
import org.latchkey.pbx.http.internal.proxy.ProxySettings;
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

  static final ProxyKind KIND = new ProxyKind("kamailio", "Kamailio");

  private final ProxySettings settings;

  /** The Kamailio of the settings. */
  @Activate
  public Kamailio(KamailioConfiguration configuration) {
    this(settings(configuration));
  }

  Kamailio(ProxySettings settings) {
    this.settings = settings;
  }

  private static ProxySettings settings(KamailioConfiguration set) {
    if (set.oldPhonesDatabase().isBlank()) {
      throw new IllegalArgumentException("oldPhonesDatabase is no database of auth_db");
    }
    return ProxySettings.of(
        set.rpcAddress(), set.listen(), set.algorithm(), set.trunks(), set.oldPhonesDatabase());
  }

  /** Its settings. */
  ProxySettings settings() {
    return settings;
  }
}
