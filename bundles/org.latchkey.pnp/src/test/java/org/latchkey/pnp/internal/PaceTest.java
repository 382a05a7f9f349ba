package org.latchkey.pnp.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
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

  private static final String GOOD = Questions.of("yealink", Questions.PHONE);

  private long now;
  private int made;
  private final Pace pace = new Pace(() -> now);

  private Optional<Answer> ask(int source, String branch) {
    return pace.answer(address(source), question(branch), this::make);
  }

  private static Subscribe question(String branch) {
    return Questions.read(GOOD.replace("z9hG4bK1837", branch));
  }

  private Optional<Answer> make() {
    made++;
    return Optional.of(ofLength(1));
  }

  private static Answer ofLength(int length) {
    InetSocketAddress nowhere = InetSocketAddress.createUnresolved("x", 1);
    return new Answer(
        new Answer.Datagram("", nowhere), new Answer.Datagram("x".repeat(length), nowhere));
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
  public void aLongFirstQuestionGetsNoShortOneALongAnswer() {
    String padded =
        GOOD.replace("Event: ua-profile;", "Event: ua-profile;x=" + "y".repeat(400) + ';');
    Subscribe longer = Questions.read(padded);
    Subscribe shorter = Questions.read(GOOD);
    assertEquals(longer.name(), shorter.name());
    Answer answer = ofLength(3 * longer.length());
    assertSame(answer, pace.answer(address(1), longer, () -> Optional.of(answer)).orElseThrow());
    for (int i = 0; i < 100; i++) {
      pass(Duration.ofMillis(100));
      assertEquals(Optional.empty(), pace.answer(address(1), shorter, this::make));
    }
    assertSame(
        "and costs the phone none of its copies",
        answer,
        pace.answer(address(1), longer, this::make).orElseThrow());
  }

  @Test
  public void questionsWithoutAnAnswerLeaveTheTwentyToThoseThatHaveOne() {
    for (int i = 0; i < 1000; i++) {
      pace.answer(address(i), question("a"), Optional::empty);
    }
    ask(2000, "a");
    for (int i = 0; i < 1000; i++) {
      ask(2000, "b");
    }
    for (int i = 1; i < Pace.MOST_A_SECOND; i++) {
      assertTrue(ask(3000 + i, "a").isPresent());
    }
    assertFalse(pace.isFull());
  }

  @Test
  public void copiesThatGetNoAnswerSinceThereWereTwentyAreNotSpent() {
    for (int i = 0; i < Pace.MOST_A_SECOND; i++) {
      ask(i, "a");
    }
    for (int i = 0; i < 10; i++) {
      assertEquals(Optional.empty(), ask(1, "a"));
    }
    pass(Duration.ofSeconds(1));
    for (int i = 0; i < Pace.MOST_COPIES; i++) {
      assertTrue(ask(1, "a").isPresent());
    }
    assertEquals(Optional.empty(), ask(1, "a"));
  }

  @Test
  public void itIsFullForAMinuteAfterSomebodyGotNoAnswer() {
    for (int i = 0; i < Pace.MOST_A_SECOND; i++) {
      ask(i, "a");
    }
    assertFalse("the twentieth is answered", pace.isFull());
    ask(100, "a");
    assertTrue(pace.isFull());
    pass(Duration.ofSeconds(59));
    assertTrue(pace.isFull());
    pass(Duration.ofSeconds(1));
    assertFalse(pace.isFull());
  }

  @Test
  public void copiesOfAnAnswerCountAmongTheTwenty() {
    for (int i = 0; i < Pace.MOST_A_SECOND / 2; i++) {
      assertTrue(ask(i, "a").isPresent());
      assertTrue(ask(i, "a").isPresent());
    }
    assertEquals(Optional.empty(), ask(1, "a"));
    assertEquals(Optional.empty(), ask(100, "a"));
  }
}
