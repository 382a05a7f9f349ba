package org.latchkey.doctor.internal;

/** What a trial saw instead of what it should have seen. */
final class Trouble extends Exception {

  private static final long serialVersionUID = 1L;

  private final String next;

  /**
   * Trouble.
   *
   * @param saw what was seen, in one sentence
   * @param next what to do
   */
  Trouble(String saw, String next) {
    super(saw);
    this.next = next;
  }

  /** What to do. */
  String next() {
    return next;
  }
}
