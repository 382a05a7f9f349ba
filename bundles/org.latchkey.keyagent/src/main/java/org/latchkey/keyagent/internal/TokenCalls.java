package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls into the library of a token, which may never return. Each is made by a thread of its own
 * and waited for so long; after one that was waited for in vain the library is not called any more.
 */
final class TokenCalls implements AutoCloseable {

  /** How long a token may take for one answer. */
  static final Duration DEADLINE = Duration.ofSeconds(5);

  private final Duration deadline;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread one = new Thread(task, "latchkey-token");
            one.setDaemon(true);
            return one;
          });
  private volatile boolean hanging;

  TokenCalls(Duration deadline) {
    this.deadline = deadline;
  }

  /** There is no answer in time; nobody knows whether there ever will be. */
  static final class NoAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    NoAnswerException(Duration deadline) {
      super("the token does not answer within " + deadline.toMillis() + " ms");
    }
  }

  /** Whether a call was waited for in vain. */
  boolean hanging() {
    return hanging;
  }

  /**
   * The answer to a call.
   *
   * @throws NoAnswerException when there is none in time, or was none before
   * @throws Exception what the call throws
   */
  <T> T answer(Callable<T> call) throws Exception {
    if (hanging) {
      throw new NoAnswerException(deadline);
    }
    Future<T> answer = thread.submit(call);
    try {
      return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      hanging = true;
      throw new NoAnswerException(deadline);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the token was asked", e);
    }
  }

  /** Ends the thread, when its call returns. */
  @Override
  public void close() {
    thread.shutdown();
  }
}
