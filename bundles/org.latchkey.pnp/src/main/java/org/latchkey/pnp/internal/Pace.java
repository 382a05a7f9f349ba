package org.latchkey.pnp.internal;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How often whom is answered: a phone once in five seconds, all together twenty times a second. A
 * copy of a question gets the same answer, four times at most. Only answers that are given count.
 * For one thread, but for {@link #isFull}.
 */
final class Pace {

  static final int MOST_A_SECOND = 20;
  static final int MOST_COPIES = 4;
  private static final int MOST_SOURCES = 1024;
  private static final long BETWEEN = Duration.ofSeconds(5).toNanos();
  private static final long COPIES_COME = Duration.ofSeconds(32).toNanos();
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long REMEMBERED = Duration.ofMinutes(1).toNanos();

  private static final class Given {
    private final String question;
    private final Answer answer;
    private final long at;
    private int copies;

    Given(String question, Answer answer, long at) {
      this.question = question;
      this.answer = answer;
      this.at = at;
    }
  }

  private final LongSupplier nanoTime;
  private final Map<InetAddress, Given> last =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.@Nullable Entry<InetAddress, Given> eldest) {
          return size() > MOST_SOURCES;
        }
      };
  private long second;
  private int inSecond = -1;
  private volatile @Nullable Long lastFull;

  Pace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * The answer to a question; empty when this one gets none.
   *
   * @param question the question; a copy that is too short for the answer gets none
   * @param making makes a new one that fits; empty when there is none to this question
   */
  Optional<Answer> answer(
      InetAddress source, Subscribe question, Supplier<Optional<Answer>> making) {
    long now = nanoTime.getAsLong();
    Given given = last.get(source);
    if (given != null && given.question.equals(question.name()) && now - given.at < COPIES_COME) {
      if (given.copies >= MOST_COPIES || !given.answer.fits(question) || !isFree(now)) {
        return Optional.empty();
      }
      given.copies++;
      inSecond++;
      return Optional.of(given.answer);
    }
    if ((given != null && now - given.at < BETWEEN) || !isFree(now)) {
      return Optional.empty();
    }
    Optional<Answer> made = making.get();
    last.remove(source);
    made.ifPresent(
        answer -> {
          inSecond++;
          last.put(source, new Given(question.name(), answer, now));
        });
    return made;
  }

  /** Whether somebody got no answer in the last minute, since there were twenty in a second. */
  boolean isFull() {
    Long full = lastFull;
    return full != null && nanoTime.getAsLong() - full < REMEMBERED;
  }

  private boolean isFree(long now) {
    if (inSecond < 0 || now - second >= SECOND) {
      second = now;
      inSecond = 0;
    }
    if (inSecond < MOST_A_SECOND) {
      return true;
    }
    lastFull = now;
    return false;
  }
}
