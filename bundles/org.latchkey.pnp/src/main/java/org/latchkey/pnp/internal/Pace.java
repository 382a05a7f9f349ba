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
 * copy of a question gets the same answer, four times at most. Not thread-safe.
 */
final class Pace {

  static final int MOST_A_SECOND = 20;
  static final int MOST_COPIES = 4;
  private static final int MOST_SOURCES = 1024;
  private static final long BETWEEN = Duration.ofSeconds(5).toNanos();
  private static final long COPIES_COME = Duration.ofSeconds(32).toNanos();
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

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

  Pace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * The answer to a question; empty when this one gets none.
   *
   * @param question what copies of it share
   * @param making makes a new one; empty when there is none to this question
   */
  Optional<Answer> answer(InetAddress source, String question, Supplier<Optional<Answer>> making) {
    long now = nanoTime.getAsLong();
    Given given = last.get(source);
    if (given != null && given.question.equals(question) && now - given.at < COPIES_COME) {
      return given.copies++ < MOST_COPIES && isFree(now)
          ? Optional.of(given.answer)
          : Optional.empty();
    }
    if ((given != null && now - given.at < BETWEEN) || !isFree(now)) {
      return Optional.empty();
    }
    Optional<Answer> made = making.get();
    last.remove(source);
    made.ifPresent(answer -> last.put(source, new Given(question, answer, now)));
    return made;
  }

  private boolean isFree(long now) {
    if (inSecond < 0 || now - second >= SECOND) {
      second = now;
      inSecond = 0;
    }
    return inSecond++ < MOST_A_SECOND;
  }
}
