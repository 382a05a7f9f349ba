package org.latchkey.itests.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * One round of a contender, or the median of several; CPU in microseconds for each registration.
 *
 * @param perSecond registrations, each of two requests
 * @param server CPU of who is asked
 * @param kamailio CPU of Kamailio
 * @param sipp CPU of the phones
 * @param others how many CPUs all else on the machine had meanwhile
 * @param threads the server's, by what its threads are for; empty when they are not told apart
 */
record Sample(
    double perSecond,
    double server,
    double kamailio,
    double sipp,
    double others,
    Map<String, Double> threads) {

  /** The median of each figure by itself. */
  static Sample median(List<Sample> samples) {
    Map<String, Double> threads = new TreeMap<>();
    for (String thread : samples.get(0).threads.keySet()) {
      threads.put(thread, median(samples, s -> s.threads.getOrDefault(thread, 0.0)));
    }
    return new Sample(
        median(samples, Sample::perSecond),
        median(samples, Sample::server),
        median(samples, Sample::kamailio),
        median(samples, Sample::sipp),
        median(samples, Sample::others),
        threads);
  }

  private static double median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
    double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /** A line of the table. */
  String row(String name) {
    return "%-44s %8.0f %9.0f %9.0f %9.0f %9.2f"
        .formatted(name, perSecond, server, kamailio, sipp, others);
  }

  /** What the line's columns are. */
  static String header() {
    return "%-44s %8s %9s %9s %9s %9s%n%-44s %8s %9s %9s %9s %9s"
        .formatted(
            "Kamailio asks",
            "reg/s",
            "server",
            "Kamailio",
            "phones",
            "others",
            "",
            "",
            "us/reg",
            "us/reg",
            "us/reg",
            "CPUs");
  }
}
