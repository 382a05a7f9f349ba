package org.latchkey.itests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latchkey.itests.fixture.Commands;
import org.latchkey.itests.fixture.Folders;
import org.latchkey.itests.fixture.Ports;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.Sipp;

/**
 * A Kamailio and whom it asks.
 *
 * @param name in the table
 * @param port Kamailio's
 * @param kamailio its first process
 * @param server whom it asks
 * @param threads whether the server's threads are told apart
 * @param phones who register, in turns
 */
record Contender(
    String name,
    int port,
    Process kamailio,
    Process server,
    boolean threads,
    List<ProvisionedKey> phones) {

  private static final int IN_FLIGHT = 64;
  private static final int MOST_A_SECOND = 100_000;
  private static final int LIMIT_SECONDS = 180;
  private static final int MOST_ATTEMPTS = 20;
  private static final Duration PAUSE = Duration.ofSeconds(4);

  /** One of so many may fail, as one does that sipp gives up when an answer was late. */
  private static final int MOST_FAILED = 100;

  private static final Pattern FAILED = Pattern.compile("Failed call +\\| +[0-9]+ +\\| +([0-9]+)");

  /**
   * Registers so many phones again and again until all get their answers: connections are made, and
   * what runs in Java is compiled.
   */
  void warmUp(int registrations) throws IOException {
    for (int attempt = 1; run(registrations).failures() > 0; attempt++) {
      if (attempt == MOST_ATTEMPTS) {
        throw new AssertionError(name + " refuses some phones however often they come");
      }
      // Longer than a Kamailio takes a Latchkey for away that was slow while nothing was compiled.
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** Registers so many phones, each of whom is asked once, as fast as they get their answers. */
  Sample measured(int registrations) throws IOException {
    Reading before = Reading.of(this);
    Run run = run(registrations);
    Reading after = Reading.of(this);
    if (run.failures() > registrations / MOST_FAILED) {
      throw new AssertionError(
          run.failures() + " registrations at " + name + " failed:\n" + run.output());
    }
    return after.since(before, registrations - run.failures());
  }

  /**
   * What sipp did.
   *
   * @param failures how many registrations failed
   * @param output what it printed
   */
  private record Run(int failures, String output) {}

  private Run run(int registrations) throws IOException {
    Path folder = Files.createTempDirectory("latchkey-bench");
    try {
      Sipp.Order order = Sipp.Order.register(phones, registrations, MOST_A_SECOND, Ports.free());
      List<String> command = new ArrayList<>(List.of("sipp", "127.0.0.1:" + port));
      command.addAll(List.of("-sf", Sipp.scenario("register-once.xml")));
      command.addAll(List.of("-inf", Sipp.users(folder, order).toString()));
      command.addAll(List.of("-i", "127.0.0.1", "-p", "" + order.localPort(), "-nostdin"));
      command.addAll(List.of("-auth_uri", "localhost", "-m", "" + registrations));
      command.addAll(List.of("-r", "" + MOST_A_SECOND, "-l", "" + IN_FLIGHT));
      command.addAll(List.of("-timeout", LIMIT_SECONDS + "s"));
      String output = Commands.result(Duration.ofSeconds(LIMIT_SECONDS + 30), command).output();
      Matcher failed = FAILED.matcher(output);
      return new Run(failed.find() ? Integer.parseInt(failed.group(1)) : registrations, output);
    } finally {
      Folders.delete(folder);
    }
  }

  /** Where all clocks stood at a moment, in seconds. */
  private record Reading(
      double time,
      double machine,
      double sipp,
      double kamailio,
      double server,
      Map<String, Double> byThread) {

    static Reading of(Contender contender) throws IOException {
      return new Reading(
          System.nanoTime() / 1e9,
          Cpu.ofMachine(),
          Cpu.ofEnded(),
          Cpu.ofTree(contender.kamailio),
          Cpu.ofTree(contender.server),
          contender.threads ? Cpu.ofThreads(contender.server) : Map.of());
    }

    Sample since(Reading before, int registrations) {
      double micros = 1e6 / registrations;
      double seconds = time - before.time;
      double ours = sipp + kamailio + server - before.sipp - before.kamailio - before.server;
      Map<String, Double> threads = new TreeMap<>();
      byThread.forEach(
          (thread, now) ->
              threads.merge(
                  Purpose.of(thread),
                  (now - before.byThread.getOrDefault(thread, 0.0)) * micros,
                  Double::sum));
      return new Sample(
          registrations / seconds,
          (server - before.server) * micros,
          (kamailio - before.kamailio) * micros,
          (sipp - before.sipp) * micros,
          Math.max(0, (machine - before.machine - ours) / seconds),
          threads);
    }
  }

  /** What the threads of a Latchkey are there for. */
  private enum Purpose {
    COLLECTOR("garbage collection", "G1|GC |VM |Shenandoah|ZGC|ConcGC|Parallel"),
    COMPILER("just-in-time compiler", "C1 |C2 |Sweeper"),
    RADIUS("RADIUS", "latchkey-radius"),
    HTTPS("HTTPS", "latchkey-https"),
    JOURNAL("phone journal", "latchkey-journ"),
    OTHER("others", "");

    private final String words;
    private final Pattern names;

    Purpose(String words, String names) {
      this.words = words;
      this.names = Pattern.compile("^(" + names + ")");
    }

    static String of(String thread) {
      for (Purpose purpose : values()) {
        if (purpose.names.matcher(thread).find()) {
          return purpose.words;
        }
      }
      return OTHER.words;
    }
  }
}
