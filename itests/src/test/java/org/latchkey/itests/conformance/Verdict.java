package org.latchkey.itests.conformance;

import java.util.Optional;

/**
 * What became of one case.
 *
 * @param name the case
 * @param kind how it ended
 * @param detail what was seen, or why not
 */
record Verdict(String name, Kind kind, String detail) {

  /** How a case can end. */
  enum Kind {
    PASSED("passed", true),
    FAILED("FAILED", false),
    NOT_POSSIBLE("not possible here", true),
    SUDDENLY_PASSED("PASSED, and was not possible", false),
    NOT_TRIED("not tried", true);

    private final String words;
    private final boolean good;

    Kind(String words, boolean good) {
      this.words = words;
      this.good = good;
    }
  }

  /** The verdict on a case that ran, beside what is known of this kind of PBX. */
  static Verdict of(String name, Optional<String> fault, Optional<String> limit) {
    if (fault.isEmpty()) {
      return limit.isEmpty()
          ? new Verdict(name, Kind.PASSED, "")
          : new Verdict(name, Kind.SUDDENLY_PASSED, "take it out of the table: " + limit.get());
    }
    return limit.isPresent()
        ? new Verdict(name, Kind.NOT_POSSIBLE, limit.get())
        : new Verdict(name, Kind.FAILED, fault.get());
  }

  static Verdict notTried(String name, String why) {
    return new Verdict(name, Kind.NOT_TRIED, why);
  }

  boolean good() {
    return kind.good;
  }

  @Override
  public String toString() {
    return "%-48s %-18s %s".formatted(name, kind.words, detail).stripTrailing();
  }
}
