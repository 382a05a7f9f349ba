package org.latchkey.itests.bench;

/**
 * What a measurement was asked for.
 *
 * @param anyway whether to measure on a machine that is not quiet
 * @param rounds in which all take turns
 * @param phones how many there are
 * @param registrations of each contender in a round
 * @param warmup registrations before the first round
 */
record BenchOptions(boolean anyway, int rounds, int phones, int registrations, int warmup) {

  private static final String USAGE =
      "itests/bench/kamailio [--anyway] [--rounds N] [--phones N] [--registrations N] [--warmup N]";

  /** Reads the command line. */
  static BenchOptions of(String... args) {
    BenchOptions options = new BenchOptions(false, 5, 2_000, 20_000, 60_000);
    int at = 0;
    while (at < args.length) {
      String name = args[at];
      if (name.equals("--anyway")) {
        options = options.measuredAnyway();
        at++;
      } else {
        options = options.with(name, at + 1 < args.length ? args[at + 1] : "");
        at += 2;
      }
    }
    return options;
  }

  private BenchOptions measuredAnyway() {
    return new BenchOptions(true, rounds, phones, registrations, warmup);
  }

  private BenchOptions with(String name, String value) {
    if (!value.matches("[1-9][0-9]{0,5}")) {
      throw new IllegalArgumentException(USAGE);
    }
    int number = Integer.parseInt(value);
    return switch (name) {
      case "--rounds" -> new BenchOptions(anyway, number, phones, registrations, warmup);
      case "--phones" -> new BenchOptions(anyway, rounds, number, registrations, warmup);
      case "--registrations" -> new BenchOptions(anyway, rounds, phones, number, warmup);
      case "--warmup" -> new BenchOptions(anyway, rounds, phones, registrations, number);
      default -> throw new IllegalArgumentException(USAGE);
    };
  }
}
