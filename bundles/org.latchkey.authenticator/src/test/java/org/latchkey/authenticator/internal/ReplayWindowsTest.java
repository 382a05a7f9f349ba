package org.latchkey.authenticator.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;

/** The memory against replay is bounded and never takes a used nonce for an unused one. */
public class ReplayWindowsTest {

  private static final long LIFETIME = 60_000;
  private static final long START = 1_795_000_000_000L;

  private final HandClock hand = new HandClock(Instant.ofEpochMilli(START));
  private final RunClock clock = new RunClock(hand, hand::nanos);

  private static NonceWindow.Use use(ReplayWindows windows, Nonce nonce) {
    return windows.use(nonce, 1, "x" + nonce.millis(), nonce.millis());
  }

  private static boolean isUsedUp(ReplayWindows windows, Nonce nonce) {
    NonceWindow.Use use = windows.use(nonce, 1, "another", nonce.millis());
    return use == null || use == NonceWindow.Use.REPLAY;
  }

  @Test
  public void aFullMemoryForgetsTheOldestAndRefusesThemFromThenOn() {
    ReplayWindows windows = new ReplayWindows(LIFETIME, 1000, clock);
    List<Nonce> used = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      hand.pass(Duration.ofMillis(20));
      Nonce nonce = new Nonce(true, clock.millis(), i);
      assertEquals(NonceWindow.Use.NEW, use(windows, nonce));
      used.add(nonce);
      assertTrue(windows.size() <= 1000 + 64);
    }
    used.forEach(nonce -> assertTrue(nonce.toString(), isUsedUp(windows, nonce)));
    assertNull(windows.used(used.get(0)));
    assertNotNull(windows.used(used.get(4999)));
  }

  @Test
  public void aBurstLargerThanTheMemoryIsNeitherAnOpenDoorNorAClosedOne() {
    ReplayWindows windows = new ReplayWindows(LIFETIME, 1000, clock);
    List<Nonce> used = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      if (i % 10 == 0) {
        hand.pass(Duration.ofMillis(1));
      }
      Nonce nonce = new Nonce(true, clock.millis(), i);
      if (use(windows, nonce) == NonceWindow.Use.NEW) {
        used.add(nonce);
      }
      assertTrue(isUsedUp(windows, nonce));
    }
    assertTrue(used.size() + " of 5000", used.size() > 4900);
    used.forEach(nonce -> assertTrue(nonce.toString(), isUsedUp(windows, nonce)));
  }

  @Test
  public void oldNoncesAreSweptAsTimeGoesOn() {
    ReplayWindows windows = new ReplayWindows(LIFETIME, 1_000_000, clock);
    for (int i = 0; i < 10_000; i++) {
      hand.pass(Duration.ofMillis(100));
      use(windows, new Nonce(true, clock.millis(), i));
      assertTrue(windows.size() <= 10 * 120);
    }
  }

  @Test
  public void ofManyThreadsWithTheSameCountOneWins() throws InterruptedException {
    ReplayWindows windows = new ReplayWindows(LIFETIME, 100_000, clock);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    AtomicInteger won = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(4);
    for (int t = 0; t < 4; t++) {
      String evidence = "thread " + t;
      threads.execute(
          () -> {
            for (int i = 0; i < 2000; i++) {
              Nonce nonce = new Nonce(true, START - i, i);
              if (windows.use(nonce, 1, evidence, START) == NonceWindow.Use.NEW) {
                won.incrementAndGet();
              }
            }
            done.countDown();
          });
    }
    assertTrue(done.await(60, TimeUnit.SECONDS));
    threads.shutdown();
    assertEquals(2000, won.get());
  }

  @Test
  public void aWindowRemembers64Counts() {
    NonceWindow window = new NonceWindow(100, "a", START);
    assertEquals(NonceWindow.Use.NEW, window.use(37, "b", START));
    assertEquals(NonceWindow.Use.REPLAY, window.use(36, "c", START));
    assertEquals(NonceWindow.Use.REPLAY, window.use(37, "d", START));
    assertEquals(NonceWindow.Use.NEW, window.use(1L << 31, "e", START));
    assertEquals(NonceWindow.Use.REPLAY, window.use(100, "f", START));
    assertEquals(NonceWindow.Use.RETRANSMISSION, window.use(1L << 31, "e", START));
  }

  @Test
  public void aWindowKeepsTheLastEightRequests() {
    NonceWindow window = new NonceWindow(1, "r1", START + 1);
    for (int i = 2; i <= 9; i++) {
      assertEquals(NonceWindow.Use.NEW, window.use(i, "r" + i, START + i));
    }
    assertEquals(NonceWindow.Use.RETRANSMISSION, window.use(2, "r2", START + 10));
    assertEquals(NonceWindow.Use.REPLAY, window.use(1, "r1", START + 10));
  }
}
