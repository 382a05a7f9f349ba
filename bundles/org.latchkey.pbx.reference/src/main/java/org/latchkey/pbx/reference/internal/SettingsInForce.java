package org.latchkey.pbx.reference.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last good settings. A bad edit changes nothing, and is said in the log and the status. Where
 * there were none yet, a value that is not of its type has its default, so that the others hold;
 * and where that is not enough, all have.
 */
final class SettingsInForce {

  private static final Logger LOG = LoggerFactory.getLogger(SettingsInForce.class);

  private final SettingsReader reader;
  private volatile Settings settings;
  private boolean everTaken;
  private volatile String problem = "";

  SettingsInForce(SettingsReader reader) {
    this.reader = reader;
    this.settings = reader.read(Defaults.of(ReferencePbxConfiguration.class));
  }

  /** Takes settings that can be read. */
  synchronized Settings take(ReferencePbxConfiguration configuration) {
    try {
      settings = reader.read(configuration);
      everTaken = true;
      problem = "";
    } catch (RuntimeException e) {
      // Not only what the reader throws: the type conversion of a value throws what it likes.
      problem = "etc/org.latchkey.pbx.reference.cfg was not taken: " + e.getMessage();
      LOG.error("{}", problem);
      takeWhatCanBeRead(configuration);
    }
    return settings;
  }

  private void takeWhatCanBeRead(ReferencePbxConfiguration configuration) {
    if (everTaken) {
      return;
    }
    try {
      settings = reader.read(Defaults.beside(ReferencePbxConfiguration.class, configuration));
    } catch (IllegalArgumentException e) {
      LOG.error("The defaults of org.latchkey.pbx.reference hold until it is corrected");
    }
  }

  /** Why the last edit was not taken; empty when it was. */
  String problem() {
    return problem;
  }
}
