package org.latchkey.pbx.reference.internal.service;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a service on threads of its own, with a deadline, so that one that hangs holds up nobody.
 * What it throws, what comes too late and what finds no place is answered with the doubtful answer.
 * Used from the SIP thread, which also receives the answers.
 */
public final class DeadlineCalls implements AutoCloseable {

  private static final int THREADS = 2;
  private static final int MOST_THREADS = 8;

  private final EventExecutor sipThread;
  private final Duration deadline;
  private final Refusals refusals;
  private final String name;
  private final ThreadPoolExecutor pool;
  private int stuck;

  /** Threads called {@code name}, and at most {@code waiting} questions in line for them. */
  public DeadlineCalls(
      String name, int waiting, Duration deadline, EventExecutor sipThread, Refusals refusals) {
    this.name = name;
    this.sipThread = sipThread;
    this.deadline = deadline;
    this.refusals = refusals;
    this.pool =
        new ThreadPoolExecutor(
            THREADS,
            MOST_THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(waiting),
            new DefaultThreadFactory(name, true));
  }

  /** Asks, and tells {@code then} the answer, or {@code doubt} when there is none in time. */
  public <T> void ask(Supplier<T> question, T doubt, Consumer<T> then) {
    Pending<T> pending = new Pending<>(then);
    try {
      pending.work = pool.submit(() -> answer(question, doubt, pending));
    } catch (RejectedExecutionException e) {
      then.accept(doubt);
      return;
    }
    pending.timer =
        sipThread.schedule(
            () -> tooLate(pending, doubt), deadline.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Stops; questions that are still open get no answer. */
  @Override
  public void close() {
    pool.shutdownNow();
    try {
      pool.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private <T> void answer(Supplier<T> question, T doubt, Pending<T> pending) {
    pending.running = true;
    T answer = doubt;
    try {
      @Nullable T given = question.get();
      answer = given == null ? doubt : given;
    } catch (RuntimeException | LinkageError e) {
      refusals.note("A service asked by " + name + " failed", e.toString());
    }
    T told = answer;
    sipThread.execute(() -> finish(pending, told));
  }

  private <T> void finish(Pending<T> pending, T answer) {
    if (pending.stuck) {
      stuck--;
      pool.setCorePoolSize(Math.min(THREADS + stuck, MOST_THREADS));
    }
    if (!pending.done) {
      pending.done = true;
      Future<?> timer = pending.timer;
      if (timer != null) {
        timer.cancel(false);
      }
      refusals.guard(() -> pending.then.accept(answer));
    }
  }

  private <T> void tooLate(Pending<T> pending, T doubt) {
    if (pending.done) {
      return;
    }
    pending.done = true;
    Future<?> work = pending.work;
    if (work != null && pending.running) {
      pending.stuck = true;
      stuck++;
      pool.setCorePoolSize(Math.min(THREADS + stuck, MOST_THREADS));
    }
    if (work != null) {
      work.cancel(true);
    }
    refusals.note("A service did not answer in time", name);
    refusals.guard(() -> pending.then.accept(doubt));
  }

  private static final class Pending<T> {
    private final Consumer<T> then;
    private @Nullable Future<?> work;
    private @Nullable Future<?> timer;
    private volatile boolean running;
    private boolean done;
    private boolean stuck;

    Pending(Consumer<T> then) {
      this.then = then;
    }
  }
}
