package org.latchkey.itests.bench;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.latchkey.itests.fixture.Credentials;
import org.latchkey.itests.fixture.Fleet;
import org.latchkey.itests.fixture.Kamailio;
import org.latchkey.itests.fixture.KamailioSite;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.Ports;
import org.latchkey.itests.fixture.ProvisionedKey;

/**
 * Kamailio asking Latchkey over HTTPS and over RADIUS, beside Kamailio looking into PostgreSQL and
 * asking FreeRADIUS, in rounds that take turns.
 */
public final class KamailioBench {

  private static final int FIRST = 20_000;
  private static final double QUIET_CPUS = 0.2;
  private static final double QUIET_LOAD = 1;
  private static final long LOOK_SECONDS = 2;
  private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(13);

  private static final String HTTPS = "Latchkey over HTTPS";
  private static final String DATABASE = "PostgreSQL by auth_db";
  private static final String RADIUS = "Latchkey over RADIUS";
  private static final String FREERADIUS = "FreeRADIUS as packaged";
  private static final String BARE = "FreeRADIUS, digest and files alone";

  private final BenchOptions options;
  private final long began = System.nanoTime();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Map<String, List<Sample>> samples = new LinkedHashMap<>();

  private KamailioBench(BenchOptions options) {
    this.options = options;
  }

  /** Measures and prints a table; ends with 1 when a goal is missed, 2 when nothing can be said. */
  public static void main(String[] args) throws Exception {
    KamailioBench bench = new KamailioBench(BenchOptions.of(args));
    int status = 2;
    try {
      status = bench.run();
    } finally {
      bench.close();
    }
    System.exit(status);
  }

  private int run() throws IOException {
    System.out.printf("Load average %.2f on %d CPUs.%n", Cpu.load(), cpus());
    if (!options.anyway() && Cpu.load() > QUIET_LOAD) {
      return noisy("its load average is above 1");
    }
    List<Contender> contenders = contenders();
    for (Contender contender : contenders) {
      boolean ours = contender.threads();
      contender.warmUp(Math.min(options.warmup(), options.phones()));
      if (ours) {
        contender.measured(options.warmup());
      }
    }
    for (int round = 1; round <= options.rounds(); round++) {
      double busy = busyCpus();
      System.out.printf("Round %d; before it others had %.2f CPUs.%n", round, busy);
      if (!options.anyway() && busy > QUIET_CPUS) {
        return noisy("others use its CPUs");
      }
      for (Contender contender : contenders) {
        Sample sample = contender.measured(options.registrations());
        samples.computeIfAbsent(contender.name(), name -> new ArrayList<>()).add(sample);
        System.out.println(sample.row("  " + contender.name()));
      }
      // Who came last comes first.
      Collections.reverse(contenders);
      if (System.nanoTime() - began > LIMIT_NANOS) {
        System.out.printf("That is all that fits into the time: %d rounds.%n", round);
        break;
      }
    }
    return told();
  }

  private static int noisy(String why) {
    System.err.println(
        "itests/bench/kamailio: this machine is not quiet, " + why + "; --anyway measures still.");
    return 2;
  }

  private static int cpus() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** How many CPUs are in use while nothing is measured. */
  private static double busyCpus() throws IOException {
    double before = Cpu.ofMachine();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LOOK_SECONDS);
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    return (Cpu.ofMachine() - before) / LOOK_SECONDS;
  }

  private List<Contender> contenders() throws IOException {
    KamailioSite site = KamailioSite.shared();
    LatchkeyNode node = site.node();
    int port = Ports.free();
    Kamailio radius = overRadius(site, port);
    List<ProvisionedKey> keys = Fleet.enrolled(node, FIRST, options.phones());
    List<ProvisionedKey> passwords = passwords(options.phones());
    List<Contender> contenders = new ArrayList<>();
    Kamailio https = site.kamailio();
    Process ours = node.process();
    contenders.add(new Contender(HTTPS, https.port(), https.process(), ours, true, keys));
    PostgreSql database = opened(PostgreSql.started(passwords));
    PlainKamailio withDatabase = opened(PlainKamailio.overDatabase(database));
    contenders.add(other(DATABASE, withDatabase, database.process(), passwords));
    contenders.add(new Contender(RADIUS, radius.port(), radius.process(), ours, true, keys));
    for (boolean bare : new boolean[] {false, true}) {
      FreeRadius server = opened(FreeRadius.started(passwords, radius.configuration(), port, bare));
      PlainKamailio asking = opened(PlainKamailio.overRadius(server));
      contenders.add(other(bare ? BARE : FREERADIUS, asking, server.process(), passwords));
    }
    return contenders;
  }

  private static Contender other(
      String name, PlainKamailio kamailio, Process server, List<ProvisionedKey> phones) {
    return new Contender(name, kamailio.port(), kamailio.process(), server, false, phones);
  }

  private Kamailio overRadius(KamailioSite site, int port) throws IOException {
    String pid = "org.latchkey.pbx.radius";
    LatchkeyNode node = site.node();
    node.set(pid, "port", "" + port);
    node.set(pid, "clients", "kamailio=127.0.0.1");
    node.set(pid, "withoutMessageAuthenticator", "kamailio");
    node.set(pid, "tellOverHttps", "kamailio");
    node.shell("feature:install latchkey-pbx-radius");
    return opened(site.kamailio().overRadius(node));
  }

  /** Phones with passwords of their own, as they are without Latchkey. */
  private static List<ProvisionedKey> passwords(int count) {
    Random random = new SecureRandom();
    List<ProvisionedKey> phones = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] password = new byte[16];
      random.nextBytes(password);
      String extension = Integer.toString(FIRST + i);
      phones.add(
          new ProvisionedKey(
              new Credentials(extension, HexFormat.of().formatHex(password), "localhost"),
              extension + "@localhost",
              ""));
    }
    return phones;
  }

  private int told() throws IOException {
    Map<String, Sample> medians = new LinkedHashMap<>();
    samples.forEach((name, rounds) -> medians.put(name, Sample.median(rounds)));
    int rounds = samples.values().iterator().next().size();
    System.out.printf("%nMedians of %d rounds.%n%s%n", rounds, Sample.header());
    medians.forEach((name, median) -> System.out.println(median.row(name)));
    for (String name : List.of(HTTPS, RADIUS)) {
      System.out.printf("%n%s, server's us/reg by threads:%n", name);
      median(medians, name)
          .threads()
          .forEach((group, micros) -> System.out.printf("  %-24s %6.1f%n", group, micros));
    }
    Sample https = median(medians, HTTPS);
    Sample radius = median(medians, RADIUS);
    Sample packaged = median(medians, FREERADIUS);
    System.out.println();
    int missed = 0;
    missed += atLeast(1, "rate, HTTPS : auth_db", https, median(medians, DATABASE));
    missed += atLeast(1, "rate, RADIUS : FreeRADIUS", radius, packaged);
    missed += atMost(0.5, "CPU, RADIUS : FreeRADIUS", radius, packaged);
    atMost(0.5, "CPU, RADIUS : bare FreeRADIUS", radius, median(medians, BARE));
    System.out.printf("Load average %.2f.%n", Cpu.load());
    return missed == 0 ? 0 : 1;
  }

  private static Sample median(Map<String, Sample> medians, String name) {
    return Objects.requireNonNull(medians.get(name), name);
  }

  private static int atLeast(double goal, String what, Sample ours, Sample theirs) {
    double ratio = ours.perSecond() / theirs.perSecond();
    System.out.printf("%-32s %5.2f, goal at least %.1f%n", what, ratio, goal);
    return ratio >= goal ? 0 : 1;
  }

  private static int atMost(double goal, String what, Sample ours, Sample theirs) {
    double ratio = ours.server() / theirs.server();
    System.out.printf("%-32s %5.2f, goal at most %.1f%n", what, ratio, goal);
    return ratio <= goal ? 0 : 1;
  }

  private <T extends AutoCloseable> T opened(T resource) {
    opened.push(resource);
    return resource;
  }

  private void close() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }
}
