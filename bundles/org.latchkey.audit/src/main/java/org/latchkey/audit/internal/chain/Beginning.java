package org.latchkey.audit.internal.chain;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.IntSupplier;

/**
 * Finds where the chain goes on when the log starts: at the longest of the archives whose last
 * records follow one another. It waits until all archives of this node have answered, since one
 * that is away may be the longest; when the patience is over, those that did must do. A first
 * record is only made when all have said that they have none.
 */
final class Beginning {

  /** What an archive was asked. */
  private record Question(Future<Tail> answer) {

    static Question to(Lane lane) {
      return new Question(lane.ask(() -> Tail.of(lane.archive().orElseThrow())));
    }
  }

  private final Sinks sinks;
  private final IntSupplier archives;
  private final Found found;
  private final Future<Left> left;
  private final long patienceEnds;
  private final Map<Lane, Question> asked = new LinkedHashMap<>();

  /**
   * Begins to look.
   *
   * @param archives how many archives this node has when all its bundles run
   * @param left what the process before left, when it has been read
   * @param patienceNanos how long to wait for them
   */
  Beginning(Sinks sinks, IntSupplier archives, Found found, Future<Left> left, long patienceNanos) {
    this.sinks = sinks;
    this.archives = archives;
    this.found = found;
    this.left = left;
    this.patienceEnds = System.nanoTime() + patienceNanos;
  }

  /** Whether those that have not answered are not waited for. */
  boolean isPatienceOver() {
    return System.nanoTime() - patienceEnds >= 0;
  }

  /** Where the chain goes on, once that is known. */
  Optional<Tail> look() {
    asked.keySet().removeIf(lane -> !sinks.lanes().contains(lane));
    sinks.archives().forEach(lane -> asked.computeIfAbsent(lane, Question::to));
    Map<Lane, Tail> answers = new LinkedHashMap<>();
    asked.forEach(
        (lane, asking) -> answer(lane, asking.answer()).ifPresent(tail -> answers.put(lane, tail)));
    boolean all = left.isDone() && answers.size() >= Math.max(1, archives.getAsInt());
    if (!all && !isPatienceOver()) {
      return Optional.empty();
    }
    answers.forEach((lane, tail) -> lane.damaged(tail.damage()));
    Optional<Tail> longest =
        found.trusted(answers, before()).values().stream()
            .max(
                Comparator.comparing((Tail tail) -> tail.damage().isEmpty())
                    .thenComparing(tail -> tail.end().number())
                    .thenComparing(Tail::chained));
    return all ? longest : longest.filter(tail -> tail.end().number() > 0);
  }

  private Left before() {
    try {
      return left.isDone() ? left.get() : Left.NOTHING;
    } catch (ExecutionException e) {
      throw new IllegalStateException("what could not be read is nothing", e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the chain's thread", e);
    }
  }

  private Optional<Tail> answer(Lane lane, Future<Tail> future) {
    if (!future.isDone()) {
      return Optional.empty();
    }
    try {
      return Optional.of(future.get());
    } catch (ExecutionException e) {
      lane.failed(Failures.words(e));
      asked.put(lane, Question.to(lane));
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the chain's thread", e);
    }
  }
}
