package org.latchkey.example.jain.internal;

import gov.nist.core.StackLogger;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What JAIN-SIP has to say, by SLF4J instead of Log4j 1.2. It makes one by its name. Below warnings
 * it is silent: it would print whole messages.
 */
public final class StackLog implements StackLogger {

  private static final Logger LOG = LoggerFactory.getLogger("org.latchkey.example.jain.stack");

  /** Made by the stack. */
  public StackLog() {}

  @Override
  public void logStackTrace() {}

  @Override
  public void logStackTrace(int level) {}

  @Override
  public int getLineCount() {
    return 0;
  }

  @Override
  public void logException(Throwable fault) {
    LOG.debug("In the SIP stack", fault);
  }

  @Override
  public void logDebug(String message) {}

  @Override
  public void logDebug(String message, Exception fault) {}

  @Override
  public void logTrace(String message) {}

  @Override
  public void logFatalError(String message) {
    LOG.error("{}", message);
  }

  @Override
  public void logError(String message) {
    LOG.warn("{}", message);
  }

  @Override
  public void logError(String message, Exception fault) {
    LOG.warn("{}", message, fault);
  }

  @Override
  public void logWarning(String message) {
    LOG.warn("{}", message);
  }

  @Override
  public void logInfo(String message) {}

  @Override
  public boolean isLoggingEnabled() {
    return false;
  }

  @Override
  public boolean isLoggingEnabled(int level) {
    return level <= TRACE_WARN && level != TRACE_NONE;
  }

  @Override
  public void disableLogging() {}

  @Override
  public void enableLogging() {}

  @Override
  public void setBuildTimeStamp(@Nullable String stamp) {}

  @Override
  public void setStackProperties(Properties properties) {}

  @Override
  public String getLoggerName() {
    return LOG.getName();
  }
}
