package org.latchkey.status;

/**
 * One line of a part's status.
 *
 * @param level how it is
 * @param words what is so, in one sentence
 * @param next what to do; empty when nothing
 */
public record StatusLine(Level level, String words, String next) {

  /** How bad it is. */
  public enum Level {
    /** As it should be. */
    OK,
    /** Works, but somebody should look. */
    WARNING,
    /** Does not work. */
    FAULT
  }

  /** A line that is as it should be. */
  public static StatusLine ok(String words) {
    return new StatusLine(Level.OK, words, "");
  }

  /** A warning with what to do. */
  public static StatusLine warning(String words, String next) {
    return new StatusLine(Level.WARNING, words, next);
  }

  /** A fault with what to do. */
  public static StatusLine fault(String words, String next) {
    return new StatusLine(Level.FAULT, words, next);
  }
}
