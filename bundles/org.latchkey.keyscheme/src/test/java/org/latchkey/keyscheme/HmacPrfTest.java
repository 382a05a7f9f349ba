package org.latchkey.keyscheme;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.Test;

public class HmacPrfTest {

  private static final byte[] MESSAGE = {1, 2, 3};

  @Test
  public void theCallersKeyMayBeWipedAtOnce() {
    byte[] key = {9, 8, 7};
    byte[] expected = new HmacPrf(key.clone()).mac(MESSAGE);
    HmacPrf prf = new HmacPrf(key);
    Arrays.fill(key, (byte) 0);
    assertArrayEquals(expected, prf.mac(MESSAGE));
  }

  @Test
  public void aKeyThatIsNoneIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new HmacPrf(new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> new HmacPrf(new byte[65]));
  }

  @Test
  public void aWipedKeyAnswersNothing() {
    HmacPrf prf = new HmacPrf(new byte[] {1});
    prf.close();
    prf.close();
    assertThrows(IllegalStateException.class, () -> prf.mac(MESSAGE));
  }

  /** What a wiped key would compute anybody can compute: it must never come out. */
  @Test
  public void aKeyThatIsWipedWhileInUseGivesTheRightAnswerOrNone() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 2_000; round++) {
        byte[] key = {(byte) round, (byte) (round >>> 8), 1};
        byte[] right = new HmacPrf(key).mac(MESSAGE);
        HmacPrf prf = new HmacPrf(key);
        CountDownLatch start = new CountDownLatch(1);
        Future<List<byte[]>> answers = threads.submit(() -> askUntilWiped(prf, start));
        start.await();
        prf.close();
        for (byte[] answer : answers.get()) {
          assertArrayEquals(right, answer);
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  public void severalThreadsGetTheSameAnswers() throws Exception {
    HmacPrf prf = new HmacPrf(new byte[] {4});
    byte[] right = prf.mac(MESSAGE);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> wrong = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        wrong.add(threads.submit(() -> wrongAnswers(prf, right)));
      }
      for (Future<Integer> each : wrong) {
        assertEquals(0, (int) each.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<byte[]> askUntilWiped(HmacPrf prf, CountDownLatch start) {
    List<byte[]> answers = new ArrayList<>();
    try {
      for (int i = 0; i < 100_000; i++) {
        answers.add(prf.mac(MESSAGE));
        start.countDown();
      }
    } catch (IllegalStateException wiped) {
      return answers;
    }
    throw new AssertionError("it still answers after it was wiped");
  }

  private static int wrongAnswers(HmacPrf prf, byte[] right) {
    int wrong = 0;
    for (int i = 0; i < 20_000; i++) {
      wrong += Arrays.equals(right, prf.mac(MESSAGE)) ? 0 : 1;
    }
    return wrong;
  }
}
