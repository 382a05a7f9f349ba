package org.latchkey.store.internal;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;

/** Makes the migration library's log; it finds this class by its name. */
public final class QuietFlywayLogs implements LogCreator {

  @Override
  public Log createLogger(Class<?> type) {
    return new QuietFlywayLog();
  }
}
