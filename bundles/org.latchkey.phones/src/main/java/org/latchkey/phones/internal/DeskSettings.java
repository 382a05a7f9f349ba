package org.latchkey.phones.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what all desk phones are told from the settings file. */
final class DeskSettings {

  private static final Logger LOG = LoggerFactory.getLogger(DeskSettings.class);

  private DeskSettings() {}

  /** The settings as written; what can't be read stands at its default, and the log says so. */
  static PhoneSettings of(PhonesConfiguration configuration) {
    Map<String, String> written = new LinkedHashMap<>();
    written.put("transport", configuration.transport().strip());
    written.put("srtp", configuration.srtp().strip());
    written.put("expiry-seconds", Integer.toString(configuration.expirySeconds()));
    written.put("resync-minutes", Integer.toString(configuration.resyncMinutes()));
    written.put("time-zone", configuration.timeZone().strip());
    written.put("ntp-server", configuration.ntpServer().strip());
    PhoneSettings settings = PhoneSettings.STANDARD;
    for (Map.Entry<String, String> one : written.entrySet()) {
      try {
        settings = settings.with(one.getKey(), one.getValue());
      } catch (IllegalArgumentException e) {
        LOG.warn("etc/org.latchkey.phones.cfg, the default it is: {}", e.getMessage());
      }
    }
    return settings;
  }
}
