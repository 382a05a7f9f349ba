package org.latchkey.pbx.reference.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last good settings, at first the defaults. A bad edit changes nothing, and is said in the log
 * and the status.
 */
final class SettingsInForce {

  private static final Logger LOG = LoggerFactory.getLogger(SettingsInForce.class);

  private final SettingsReader reader;
  private volatile Settings settings;
  private volatile String problem = "";

  SettingsInForce(SettingsReader reader) {
    this.reader = reader;
    this.settings = reader.read(Defaults.of(ReferencePbxConfiguration.class));
  }

  /** Takes settings that can be read. */
  Settings take(ReferencePbxConfiguration configuration) {
    try {
      settings = reader.read(configuration);
      problem = "";
    } catch (IllegalArgumentException e) {
      problem = "etc/org.latchkey.pbx.reference.cfg was not taken: " + e.getMessage();
      LOG.error("{}", problem);
    }
    return settings;
  }

  /** Why the last edit was not taken; empty when it was. */
  String problem() {
    return problem;
  }
}
