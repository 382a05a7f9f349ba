package org.latchkey.audit.internal.chain;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/**
 * Finds where the chain goes on when the log starts: at the longest of the archives whose last
 * records follow one another. It waits until all archives of this node have answered, since one
 * that is away may be the longest; when the patience is over, those that did must do, unless the
 * signed head proves that they lack records. A first record is only made when all have said that
 * they have none.
 */
final class Beginning {

  /** What an archive was asked. */
  private record Question(Future<Tail> answer) {

    static Question to(Lane lane, Left left) {
      return new Question(lane.ask(() -> Tail.of(lane.archive().orElseThrow(), left)));
    }
  }

  private final Sinks sinks;
  private final IntSupplier archives;
  private final Found found;
  private final Future<Left> left;
  private final long patienceNanos;
  private boolean begunToAsk;
  private long patienceEnds;
  private volatile String waitsFor = "it was not asked yet";
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
    this.patienceNanos = patienceNanos;
    this.patienceEnds = System.nanoTime() + patienceNanos;
  }

  /** Whether those that have not answered are not waited for. */
  boolean isPatienceOver() {
    return System.nanoTime() - patienceEnds >= 0;
  }

  /** What it waits for, in words. For all threads. */
  String waitsFor() {
    return waitsFor;
  }

  /** Where the chain goes on, once that is known. */
  Optional<Tail> look() {
    if (!left.isDone()) {
      waitsFor = "latchkey/audit does not answer: look at the disk that it is on";
      return Optional.empty();
    }
    Left before = before();
    if (!begunToAsk) {
      begunToAsk = true;
      patienceEnds = System.nanoTime() + patienceNanos;
    }
    Map<Lane, Tail> answers = answers(before);
    boolean all = answers.size() >= Math.max(1, archives.getAsInt());
    if (!all && !isPatienceOver()) {
      waitsFor = sinks.reasons();
      return Optional.empty();
    }
    answers.forEach((lane, tail) -> lane.damaged(tail.damage()));
    Map<Lane, Tail> trusted = found.trusted(answers, before);
    if (all) {
      return longest(trusted.values());
    }
    waitsFor = before.head().flatMap(head -> tooShort(head, answers)).orElseGet(sinks::reasons);
    return longest(trusted.values().stream().filter(Tail::reachesHead).toList())
        .filter(tail -> tail.end().number() > 0);
  }

  private Map<Lane, Tail> answers(Left before) {
    asked.keySet().removeIf(lane -> !sinks.lanes().contains(lane));
    sinks.archives().forEach(lane -> asked.computeIfAbsent(lane, one -> Question.to(one, before)));
    Map<Lane, Tail> answers = new LinkedHashMap<>();
    asked.forEach(
        (lane, asking) ->
            answer(lane, asking.answer(), before).ifPresent(tail -> answers.put(lane, tail)));
    return answers;
  }

  private static Optional<Tail> longest(Collection<Tail> tails) {
    Optional<Tail> longest =
        tails.stream()
            .max(
                Comparator.comparing((Tail tail) -> tail.damage().isEmpty())
                    .thenComparing(tail -> tail.end().number())
                    .thenComparing(Tail::chained));
    // One that was copied from an older build's records has hashes before the chain has begun.
    return longest.map(
        tail ->
            tails.stream().anyMatch(other -> isSameNotChained(other, tail))
                ? tail.notChained()
                : tail);
  }

  private static boolean isSameNotChained(Tail other, Tail tail) {
    return !other.chained() && other.damage().isEmpty() && other.end().equals(tail.end());
  }

  /** Why none of those that answered is gone on from, since the head proves that records lack. */
  private Optional<String> tooShort(SignedHead head, Map<Lane, Tail> answers) {
    if (answers.isEmpty() || answers.values().stream().anyMatch(Tail::reachesHead)) {
      return Optional.empty();
    }
    String have =
        answers.entrySet().stream()
            .map(
                answer ->
                    answer.getValue().stand() == Stand.DIFFERS
                        ? "the %s has another in its place".formatted(answer.getKey().sink().name())
                        : "the %s ends with %d"
                            .formatted(
                                answer.getKey().sink().name(), answer.getValue().end().number()))
            .collect(Collectors.joining(", "));
    String others =
        sinks.archives().stream()
            .filter(lane -> !answers.containsKey(lane))
            .map(lane -> " (%s: %s)".formatted(lane.sink().name(), lane.reason()))
            .collect(Collectors.joining());
    return Optional.of(
        "the signed head has record %d, but %s. It waits for the other sinks%s. If their records are lost for good, stop the bundle org.latchkey.audit, move latchkey/audit/head away and start it: see docs/audit.md"
            .formatted(head.link().number(), have, others));
  }

  private Left before() {
    try {
      return left.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("what could not be read is nothing", e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the chain's thread", e);
    }
  }

  private Optional<Tail> answer(Lane lane, Future<Tail> future, Left before) {
    if (!future.isDone()) {
      return Optional.empty();
    }
    try {
      return Optional.of(future.get());
    } catch (ExecutionException e) {
      lane.failed(Failures.words(e));
      asked.put(lane, Question.to(lane, before));
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the chain's thread", e);
    }
  }
}
