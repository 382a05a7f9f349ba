package org.latchkey.audit.internal.chain;

import java.util.concurrent.ExecutionException;

/** What went wrong in another thread, in words. */
final class Failures {

  private Failures() {}

  static String words(ExecutionException e) {
    Throwable cause = e.getCause();
    return cause == null || cause.getMessage() == null ? String.valueOf(cause) : cause.getMessage();
  }
}
