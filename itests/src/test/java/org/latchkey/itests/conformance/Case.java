package org.latchkey.itests.conformance;

/**
 * One thing that an integrated PBX must do.
 *
 * @param name what, in a few words; the tables of limits name it
 * @param body does it, and throws an {@link AssertionError} that says what was seen instead
 */
record Case(String name, Body body) {

  /** What a case does. */
  interface Body {
    void run() throws Exception;
  }

  /** The case can't be tried with the options given. */
  static final class NotTriedException extends Exception {
    private static final long serialVersionUID = 1L;

    NotTriedException(String why) {
      super(why);
    }
  }

  /** Fails with what was seen unless it holds. */
  static void check(boolean holds, String seen) {
    if (!holds) {
      throw new AssertionError(seen);
    }
  }
}
