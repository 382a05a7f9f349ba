package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import javax.net.ssl.SSLContext;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.Door;
import org.latchkey.itests.fixture.FirmwareDoor;
import org.latchkey.itests.fixture.FirmwareDoor.Answer;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.SharedNode;
import org.latchkey.itests.fixture.Welch;

/** Somebody guesses MAC addresses as fast as the door answers. */
public final class GuessesIT {

  private static final int GUESSES = Integer.getInteger("latchkey.guesses", 5_000);
  private static final int WARM_UP = 500;
  private static final int GUESSERS = 4;
  private static final int MACS = 200;
  private static final int FETCHES = 8;
  private static final String YEALINK = "Yealink SIP-T54W 96.86.0.70 80:5e:c0:00:00:01";

  private static LatchkeyNode node;
  private static SSLContext tls;

  private final AtomicInteger guessed = new AtomicInteger();
  private final Semaphore phoneWants = new Semaphore(0);

  @BeforeClass
  public static void start() throws IOException {
    node = SharedNode.node();
    node.awaitStore();
    tls = Door.trust(node.file("tls/ca.pem"));
  }

  @Test
  public void noneTellsAKnownMacFromAnUnknownOneAndAPhoneIsServedMeanwhile() throws Exception {
    inventory();
    String code =
        ProvisionedKey.code(node.shell("latchkey:enrol 3400 --device 805ec0aa0001 --name Anna"));
    System.out.printf("a phone alone: %d ms%n", TimeUnit.NANOSECONDS.toMillis(fetch(code)));
    ExecutorService threads = Executors.newFixedThreadPool(GUESSERS + 1);
    try {
      List<Future<List<long[]>>> guessers = new ArrayList<>();
      for (int i = 0; i < GUESSERS; i++) {
        guessers.add(threads.submit(guesser(new Random(i + 1))));
      }
      Future<Long> phone = threads.submit(() -> slowestFetch(code));
      List<List<long[]>> times = new ArrayList<>();
      for (Future<List<long[]>> guesser : guessers) {
        times.add(guesser.get(15, TimeUnit.MINUTES));
      }
      phoneWants.release(FETCHES);
      long slowest = TimeUnit.NANOSECONDS.toMillis(phone.get(1, TimeUnit.MINUTES));
      assertTrue("a phone waited " + slowest + " ms", slowest < 1_000);
      alike(all(times, 0), all(times, 1), slowest);
    } finally {
      threads.shutdownNow();
    }
    String keys = node.shell("latchkey:phones --all --json 805ec0bb");
    assertEquals("no key for a guess", "[ ]", keys.strip().replaceAll("\\s+", " "));
  }

  /** The two take the same time, and the run would have shown it if they did not. */
  private static void alike(long[] known, long[] unknown, long slowest) {
    double t = Welch.t(known, unknown);
    double share = Math.max(0.05, 0.5 * Math.sqrt(5_000.0 / GUESSES));
    long more = (long) (Welch.median(known) * share);
    double planted = Welch.t(Arrays.stream(known).map(nanos -> nanos + more).toArray(), unknown);
    System.out.printf(
        "%d guesses, %d of known ones; median %d us; t = %.2f, of %d us more %.2f; slowest phone %d ms%n",
        known.length + unknown.length,
        known.length,
        Welch.median(known) / 1_000,
        t,
        more / 1_000,
        planted,
        slowest);
    assertTrue(
        "a difference of " + more + " ns would not show: " + planted, planted > Welch.DIFFERENT);
    assertTrue("the time tells them apart: t = " + t, Math.abs(t) < Welch.DIFFERENT);
  }

  /** Guesses its share; the times of known and of unknown ones. */
  private Callable<List<long[]>> guesser(Random random) {
    return () -> {
      long[][] nanos = new long[2][GUESSES];
      int[] counts = new int[2];
      try (FirmwareDoor door = FirmwareDoor.open(tls, "127.0.7.9", node.port("https"))) {
        String nothing = door.get("firmware.bin", YEALINK).withoutDate();
        assertTrue(nothing, nothing.startsWith("HTTP/1.1 404 "));
        for (int i = -WARM_UP; i < GUESSES / GUESSERS; i++) {
          int which = random.nextInt(2);
          String path = mac(which, random.nextInt(MACS)) + ".cfg";
          long before = System.nanoTime();
          Answer answer = door.get(path, YEALINK);
          long took = System.nanoTime() - before;
          assertEquals(path, nothing, answer.withoutDate());
          if (i >= 0) {
            nanos[which][counts[which]++] = took;
            aPhoneFetchesNowAndThen();
          }
        }
      }
      return List.of(Arrays.copyOf(nanos[0], counts[0]), Arrays.copyOf(nanos[1], counts[1]));
    };
  }

  private void aPhoneFetchesNowAndThen() {
    if (guessed.incrementAndGet() % (GUESSES / (FETCHES + 1)) == 0) {
      phoneWants.release();
    }
  }

  /** A real phone, from its own address: nanoseconds of its slowest fetch, handshake included. */
  private long slowestFetch(String code) throws Exception {
    long slowest = 0;
    for (int i = 0; i < FETCHES; i++) {
      phoneWants.acquire();
      slowest = Math.max(slowest, fetch(code));
    }
    return slowest;
  }

  private static long fetch(String code) throws IOException {
    long before = System.nanoTime();
    try (FirmwareDoor door = FirmwareDoor.open(tls, "127.0.7.8", node.port("https"))) {
      assertEquals(200, door.get(code + "/805ec0aa0001.cfg", YEALINK).status());
    }
    return System.nanoTime() - before;
  }

  /** Enrols the known ones: each is in the inventory and waits for its phone. */
  private static void inventory() throws IOException {
    Path folder = Files.createTempDirectory("latchkey-inventory");
    Path csv = folder.resolve("phones.csv");
    List<String> lines = new ArrayList<>(List.of("extension,device"));
    for (int i = 0; i < MACS; i++) {
      lines.add((34_000 + i) + "," + mac(0, i));
    }
    Files.write(csv, lines);
    String unused =
        node.shell("latchkey:import --codes " + folder.resolve("codes.csv") + ' ' + csv);
    org.latchkey.itests.fixture.Folders.delete(folder);
  }

  /**
   * Known ones have even numbers, unknown ones odd ones: in the same block, told by nothing else.
   */
  private static String mac(int which, int number) {
    return "805ec0bb%04x".formatted(2 * number + which);
  }

  private static long[] all(List<List<long[]>> times, int which) {
    return times.stream().map(one -> one.get(which)).flatMapToLong(LongStream::of).toArray();
  }
}
