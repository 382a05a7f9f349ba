package org.latchkey.pbx.http.internal.opensips;

import org.latchkey.pbx.http.internal.proxy.ProxyKind;
import org.latchkey.pbx.http.internal.proxy.ProxySettings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/** The OpenSIPS of this site, there as long as its settings file is. */
@Component(
    service = OpenSips.class,
    configurationPid = "org.latchkey.pbx.http.opensips",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = OpenSipsConfiguration.class)
public final class OpenSips {

  static final ProxyKind KIND = new ProxyKind("opensips", "OpenSIPS");

  private final ProxySettings settings;
  private final String modulesFolder;

  /** The OpenSIPS of the settings. */
  @Activate
  public OpenSips(OpenSipsConfiguration set) {
    this(
        ProxySettings.of(
            set.rpcAddress(), set.listen(), set.algorithm(), set.trunks(), set.oldPhonesDatabase()),
        set.modulesFolder().trim());
  }

  OpenSips(ProxySettings settings, String modulesFolder) {
    if (!settings.oldPhonesDatabase().matches("|[a-z]+://.+")) {
      throw new IllegalArgumentException(
          "oldPhonesDatabase is neither empty nor a database of auth_db, such as"
              + " text:///etc/opensips/latchkey/old-phones");
    }
    if (settings.listen().stream().anyMatch(listener -> listener.startsWith("tls:"))) {
      throw new IllegalArgumentException(
          "listen: the configuration for OpenSIPS has no TLS listener, only udp: and tcp:");
    }
    if (!modulesFolder.matches("/[A-Za-z0-9/._+-]+")) {
      throw new IllegalArgumentException(
          "modulesFolder is no path of letters, digits, dots and dashes");
    }
    this.settings = settings;
    this.modulesFolder = modulesFolder;
  }

  /** Its settings. */
  ProxySettings settings() {
    return settings;
  }

  /** Where its modules are on its machine. */
  String modulesFolder() {
    return modulesFolder;
  }
}
