package org.latchkey.pbx.reference.internal;

import java.util.ArrayList;
import java.util.List;
import org.latchkey.pbx.reference.internal.call.PermittedCalls;
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
  private volatile PermittedCalls permitted =
      SettingsReader.read(Defaults.of(DestinationsConfiguration.class));
  private volatile List<String> problems = List.of();

  SettingsInForce(SettingsReader reader) {
    this.reader = reader;
    this.settings = reader.read(Defaults.of(ReferencePbxConfiguration.class));
  }

  /** Takes what can be read. */
  void take(ReferencePbxConfiguration configuration, DestinationsConfiguration destinations) {
    List<String> bad = new ArrayList<>();
    try {
      settings = reader.read(configuration);
    } catch (IllegalArgumentException e) {
      bad.add("etc/org.latchkey.pbx.reference.cfg was not taken: " + e.getMessage());
    }
    try {
      permitted = SettingsReader.read(destinations);
    } catch (IllegalArgumentException e) {
      bad.add("etc/org.latchkey.destinations.cfg was not taken: " + e.getMessage());
    }
    bad.forEach(LOG::error);
    problems = List.copyOf(bad);
  }

  Settings settings() {
    return settings;
  }

  PermittedCalls permitted() {
    return permitted;
  }

  /** Which edits were not taken. */
  List<String> problems() {
    return problems;
  }
}
