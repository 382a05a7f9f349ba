package org.latchkey.store.internal;

import org.flywaydb.core.api.logging.Log;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the migration library's running commentary down: what fails is thrown, and said once. */
final class QuietFlywayLog implements Log {

  private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

  @Override
  public void debug(String message) {
    LOG.trace(message);
  }

  @Override
  public void info(String message) {
    LOG.debug(message);
  }

  @Override
  public void notice(String message) {
    LOG.debug(message);
  }

  @Override
  public void warn(String message) {
    LOG.debug(message);
  }

  @Override
  public void error(String message) {
    LOG.debug(message);
  }

  @Override
  public void error(String message, Exception e) {
    LOG.debug(message, e);
  }
}
