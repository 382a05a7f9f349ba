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
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import javax.net.ssl.SSLContext;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.Door;
import org.latchkey.itests.fixture.FirmwareDoor;
import org.latchkey.itests.fixture.FirmwareDoor.Answer;
import org.latchkey.itests.fixture.Folders;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.SharedNode;
import org.latchkey.itests.fixture.Welch;

/**
 * Somebody guesses MAC addresses as fast as the door answers; half of them are in the inventory.
 */
public final class GuessesIT {

  private static final int GUESSES = Integer.getInteger("latchkey.guesses", 2_000);
  private static final int GUESSERS = 8;
  private static final int FETCHES = 4;

  /** So many in one list, so that no import takes minutes. */
  private static final int LISTED = 10_000;

  /** So many before it is slowed and named: one less is looked up like the first. */
  private static final int UNNOTICED = 19;

  private static final String YEALINK = "Yealink SIP-T54W 96.86.0.70";

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

  /** Most are refused before anything is looked up, at once; a phone waits for none of them. */
  @Test
  public void oneAddressIsSlowedNamedOnceAndLearnsNothing() throws Exception {
    List<long[][]> times = times('b', number -> "127.0.7.9");
    // The first few are not slowed yet: the slowest tenth is not looked at.
    alike(times, 0.5 * Math.sqrt(5_000.0 / GUESSES));
    String status = node.shell("latchkey:status");
    String alarm = "127.0.7.9 asks for the files of many devices that it has no right to";
    assertEquals(status, 2, status.split(alarm, -1).length);
    assertEquals("once in the log", 2, node.log().split(alarm, -1).length);
  }

  /** Each is looked up; the refusals leave at the same beat, ten in a second. */
  @Test
  public void whoChangesTheAddressInTimeLearnsNothingEither() throws Exception {
    alike(times('c', number -> "127.0.%d.%d".formatted(16 + number / 250, 1 + number % 250)), 0.1);
    assertEquals(
        "nobody was noticed", -1, node.shell("latchkey:status").indexOf("127.0.16.1 asks for"));
  }

  /** The times of all guesses, of known ones and unknown ones, of each guesser. */
  private List<long[][]> times(char block, IntFunction<String> addresses) throws Exception {
    inventory(block);
    List<String> phones = new ArrayList<>();
    for (int i = 0; i < FETCHES; i++) {
      phones.add(enrolled(340 + block, i));
    }
    ExecutorService threads = Executors.newFixedThreadPool(GUESSERS + 1);
    try {
      List<Future<long[][]>> guessers = new ArrayList<>();
      for (int i = 0; i < GUESSERS; i++) {
        guessers.add(threads.submit(guesser(i, block, addresses)));
      }
      Future<Long> phone = threads.submit(() -> slowestFetch(phones));
      List<long[][]> times = new ArrayList<>();
      for (Future<long[][]> guesser : guessers) {
        times.add(guesser.get(30, TimeUnit.MINUTES));
      }
      phoneWants.release(FETCHES);
      long slowest = TimeUnit.NANOSECONDS.toMillis(phone.get(1, TimeUnit.MINUTES));
      System.out.printf("slowest phone %d ms%n", slowest);
      assertTrue("a phone waited " + slowest + " ms", slowest < 1_000);
      String keys = node.shell("latchkey:phones --all --json 805ec0" + block);
      assertEquals("no key for a guess", "[ ]", keys.strip().replaceAll("\\s+", " "));
      return times;
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * The two take the same time, and the run would have shown it if they did not.
   *
   * @param share of the usual time that would have been seen
   */
  private static void alike(List<long[][]> times, double share) {
    long[] known = all(times, 0);
    long[] unknown = all(times, 1);
    double t = Welch.t(known, unknown);
    long more = (long) (Welch.median(known) * share);
    double planted = Welch.t(Arrays.stream(known).map(nanos -> nanos + more).toArray(), unknown);
    System.out.printf(
        "%d guesses, %d of known ones; median %d us; t = %.2f, of %d us more %.2f%n",
        known.length + unknown.length,
        known.length,
        Welch.median(known) / 1_000,
        t,
        more / 1_000,
        planted);
    assertTrue(
        "a difference of " + more + " ns would not show: " + planted, planted > Welch.DIFFERENT);
    assertTrue("the time tells them apart: t = " + t, Math.abs(t) < Welch.DIFFERENT);
  }

  /** Guesses its share, with a connection for as many as an address is not noticed for. */
  private Callable<long[][]> guesser(int number, char block, IntFunction<String> addresses) {
    return () -> {
      Random random = new Random(number + 1);
      long[][] nanos = new long[2][GUESSES];
      int[] counts = new int[2];
      int share = GUESSES / GUESSERS;
      for (int done = 0; done < share; done += UNNOTICED) {
        String address = addresses.apply((number * share + done) / UNNOTICED);
        try (FirmwareDoor door = FirmwareDoor.open(tls, address, node.port("https"))) {
          String nothing = door.get("firmware.bin", YEALINK).withoutDate();
          assertTrue(nothing, nothing.startsWith("HTTP/1.1 404 "));
          for (int i = done; i < Math.min(done + UNNOTICED, share); i++) {
            int which = random.nextInt(2);
            String path = mac(block, which, number * share + i) + ".cfg";
            long before = System.nanoTime();
            Answer answer = door.get(path, YEALINK);
            nanos[which][counts[which]++] = System.nanoTime() - before;
            assertEquals(path, nothing, answer.withoutDate());
            aPhoneFetchesNowAndThen();
          }
        }
      }
      return new long[][] {Arrays.copyOf(nanos[0], counts[0]), Arrays.copyOf(nanos[1], counts[1])};
    };
  }

  private void aPhoneFetchesNowAndThen() {
    if (guessed.incrementAndGet() % (GUESSES / (FETCHES + 1)) == 0) {
      phoneWants.release();
    }
  }

  /** The path of a phone's first fetch, which is permitted for as long as all guesses may take. */
  private static String enrolled(int block, int number) throws IOException {
    String device = "805ec0aa%04d".formatted(10 * block + number);
    String slip =
        node.shell(
            "latchkey:enrol %d%d --device %s --name Anna --window 120"
                .formatted(block, number, device));
    return ProvisionedKey.code(slip) + "/" + device + ".cfg";
  }

  /** Real phones at one address: nanoseconds of the slowest fetch, handshake included. */
  private long slowestFetch(List<String> phones) throws Exception {
    long slowest = 0;
    for (String path : phones) {
      phoneWants.acquire();
      long before = System.nanoTime();
      try (FirmwareDoor door = FirmwareDoor.open(tls, "127.0.7.8", node.port("https"))) {
        assertEquals(200, door.get(path, YEALINK).status());
      }
      slowest = Math.max(slowest, System.nanoTime() - before);
    }
    return slowest;
  }

  /** Enters the known ones: each waits for its phone. */
  private static void inventory(char block) throws IOException {
    Path folder = Files.createTempDirectory("latchkey-inventory");
    for (int first = 0; first < GUESSES; first += LISTED) {
      Path csv = folder.resolve(first + ".csv");
      List<String> lines = new ArrayList<>(List.of("extension,device"));
      for (int i = first; i < Math.min(first + LISTED, GUESSES); i++) {
        lines.add((1_000_000 * (block - 'a') + i) + "," + mac(block, 0, i));
      }
      Files.write(csv, lines);
      String unused = node.shell("latchkey:import --inventory " + csv);
    }
    Folders.delete(folder);
  }

  /**
   * Known ones have even numbers, unknown ones odd ones: in the same block, told by nothing else.
   */
  private static String mac(char block, int which, int number) {
    return "805ec0%c%05x".formatted(block, 2 * number + which);
  }

  private static long[] all(List<long[][]> times, int which) {
    return times.stream().map(one -> one[which]).flatMapToLong(LongStream::of).toArray();
  }
}
