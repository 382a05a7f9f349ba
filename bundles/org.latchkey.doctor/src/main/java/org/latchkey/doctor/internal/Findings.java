package org.latchkey.doctor.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.StoreUnavailableException;
import org.latchkey.status.Doctor.Outcome;
import org.latchkey.status.Doctor.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out the steps of one examination within its time, and keeps what they found. */
final class Findings implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Findings.class);

  /** One thing to try. */
  interface Trial {
    /** Tries it and says what it saw. */
    String run() throws Exception;
  }

  private final List<Step> steps = new ArrayList<>();
  private final Consumer<Step> listener;
  private final ExecutorService hands = Executors.newCachedThreadPool(Findings::daemon);
  private final long end;
  private final Duration longestStep;

  /**
   * Findings of an examination that begins now.
   *
   * @param budget after which no further step is begun
   * @param longestStep after which a step is given up
   */
  Findings(Consumer<Step> listener, Duration budget, Duration longestStep) {
    this.longestStep = longestStep;
    this.listener = listener;
    this.end = System.nanoTime() + budget.toNanos();
  }

  /**
   * Tries something.
   *
   * @param needs the names of steps without which it makes no sense
   */
  void examine(String name, List<String> needs, Trial trial) {
    List<String> missing = needs.stream().filter(need -> !passed(need)).toList();
    if (!missing.isEmpty()) {
      String why = missing.stream().collect(Collectors.joining("', '", "needs '", "'"));
      add(new Step(name, Outcome.SKIPPED, Duration.ZERO, why, ""));
    } else if (System.nanoTime() >= end) {
      add(new Step(name, Outcome.SKIPPED, Duration.ZERO, "there was no time left", ""));
    } else {
      add(tried(name, trial));
    }
  }

  /** Does what must be done in any case. */
  void examineAnyway(String name, Trial trial) {
    add(tried(name, trial));
  }

  /** Whether a step has passed. */
  boolean passed(String name) {
    return steps.stream()
        .anyMatch(step -> step.name().equals(name) && step.outcome() == Outcome.PASSED);
  }

  /** All steps so far. */
  List<Step> steps() {
    return List.copyOf(steps);
  }

  @Override
  public void close() {
    hands.shutdownNow();
  }

  private void add(Step step) {
    steps.add(step);
    listener.accept(step);
  }

  private Step tried(String name, Trial trial) {
    long start = System.nanoTime();
    Future<String> future = hands.submit(trial::run);
    Trouble trouble;
    try {
      String saw = future.get(longestStep.toMillis(), TimeUnit.MILLISECONDS);
      return new Step(name, Outcome.PASSED, since(start), saw, "");
    } catch (ExecutionException e) {
      trouble = trouble(name, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      future.cancel(true);
      trouble =
          new Trouble(
              "It did not come to an end within %d ms.".formatted(longestStep.toMillis()),
              "latchkey:status says which part hangs; threads --locks may say where.");
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      trouble = new Trouble("It was interrupted.", "Run the doctor again.");
    }
    return new Step(
        name, Outcome.FAILED, since(start), String.valueOf(trouble.getMessage()), trouble.next());
  }

  private static Trouble trouble(String name, Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof Trouble trouble) {
      return trouble;
    }
    if (cause instanceof RequestRefusedException) {
      return new Trouble(message, "");
    }
    if (cause instanceof StoreUnavailableException) {
      return new Trouble(
          "The store does not work: " + message,
          "Look at the disk of latchkey/store: full, read-only or not ours to write? latchkey:status and log:display tell more.");
    }
    if (cause instanceof AuditUnavailableException) {
      return new Trouble(
          "The audit log does not work: " + message,
          "It is kept in latchkey/audit and latchkey/store, and one of them is enough: look at their disk, at latchkey:status and log:display.");
    }
    LOG.warn("The doctor's step '{}' failed", name, cause);
    return new Trouble(cause.toString(), "log:display tells more.");
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "latchkey-doctor");
    thread.setDaemon(true);
    return thread;
  }
}
