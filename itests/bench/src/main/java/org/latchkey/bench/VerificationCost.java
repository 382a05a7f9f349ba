package org.latchkey.bench;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmark and prints its table. */
public final class VerificationCost {

  private static final double GOAL = 1.5;
  private static final List<String> CHECKS =
      List.of("verification", "forgedIdentifier", "badNonce");

  private VerificationCost() {}

  /** Ends with 1 when a verification costs more than it may. */
  public static void main(String[] args) throws RunnerException {
    System.out.println("Measuring, about two minutes …");
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(VerificationBench.class.getName())
                    .verbosity(VerboseMode.SILENT)
                    .shouldFailOnError(true)
                    .build())
            .run();
    Map<String, Double> median = new HashMap<>();
    for (RunResult result : results) {
      String name = result.getParams().getBenchmark();
      median.put(
          name.substring(name.lastIndexOf('.') + 1) + result.getParams().getParam("algorithm"),
          result.getPrimaryResult().getStatistics().getPercentile(50));
    }
    System.exit(print(median) ? 0 : 1);
  }

  private static boolean print(Map<String, Double> median) {
    boolean good = true;
    System.out.printf("%n%-28s %10s %10s %7s%n", "p50, nanoseconds", "check", "bare", "ratio");
    for (String check : CHECKS) {
      for (String algorithm : List.of("SHA_256", "MD5")) {
        double whole = median.getOrDefault(check + algorithm, Double.NaN);
        double bare = median.getOrDefault(check + "Bare" + algorithm, Double.NaN);
        boolean within = !check.equals("verification") || whole / bare <= GOAL;
        good &= within;
        System.out.printf(
            Locale.ROOT,
            "%-28s %10.0f %10.0f %7.2f%s%n",
            words(check) + ", " + algorithm.replace('_', '-'),
            whole,
            bare,
            whole / bare,
            within ? "" : "  more than " + GOAL);
      }
    }
    System.out.println(
        """

        check: the whole authenticate() of one REGISTER, parsing, replay window and answer included;
          each verification is of another phone, with a nonce that was not used before.
        bare: on inputs that lie ready in one piece, with one digest object used over and over:
          HMAC-SHA-256 of nonce, identifier tag and secret (keys padded beforehand), base32 of tag
          and secret, HA1, HA2 and response with their hexadecimal, and the three comparisons in
          constant time. A forged identifier needs the same and the MAC of a new nonce; a bad nonce
          needs two MACs.
        Both hold the 20 to 30 ns of reading the clock.\
        """);
    return good;
  }

  private static String words(String check) {
    return switch (check) {
      case "forgedIdentifier" -> "forged identifier";
      case "badNonce" -> "bad nonce";
      default -> "verification";
    };
  }
}
