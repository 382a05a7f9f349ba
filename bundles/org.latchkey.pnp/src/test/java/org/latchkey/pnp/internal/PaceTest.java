package org.latchkey.pnp.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.junit.Test;

/** How often whom is answered. */
public class PaceTest {

  private long now;
  private int made;
  private final Pace pace = new Pace(() -> now);

  private Optional<Answer> ask(int source, String question) {
    return pace.answer(address(source), question, this::make);
  }

  private Optional<Answer> make() {
    made++;
    InetSocketAddress nowhere = InetSocketAddress.createUnresolved("x", 1);
    Answer.Datagram nothing = new Answer.Datagram("", nowhere);
    return Optional.of(new Answer(nothing, nothing));
  }

  private static InetAddress address(int number) {
    try {
      return InetAddress.getByAddress(
          new byte[] {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number});
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  public void aCopyGetsTheSameAnswerButNotForEver() {
    Answer first = ask(1, "a").orElseThrow();
    for (int i = 0; i < Pace.MOST_COPIES; i++) {
      pass(Duration.ofMillis(500));
      assertSame(first, ask(1, "a").orElseThrow());
    }
    assertEquals(Optional.empty(), ask(1, "a"));
    assertEquals(1, made);
  }

  @Test
  public void anotherQuestionOfTheSameAddressWaitsFiveSeconds() {
    ask(1, "a");
    pass(Duration.ofMillis(4999));
    assertEquals(Optional.empty(), ask(1, "b"));
    assertTrue(ask(2, "b").isPresent());
    pass(Duration.ofMillis(1));
    assertTrue(ask(1, "b").isPresent());
  }

  @Test
  public void allTogetherGetTwentyAnswersASecond() {
    for (int i = 0; i < 1000; i++) {
      ask(i, "a");
    }
    assertEquals(Pace.MOST_A_SECOND, made);
    pass(Duration.ofSeconds(1));
    assertTrue(ask(5000, "a").isPresent());
  }

  @Test
  public void copiesOfAnAnswerCountAmongTheTwenty() {
    for (int i = 0; i < Pace.MOST_A_SECOND; i++) {
      ask(i, "a");
    }
    assertEquals(Optional.empty(), ask(1, "a"));
  }
}
