package org.latchkey.audit.internal.chain;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.latchkey.audit.AuditUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs the chain's head, on demand and from time to time into {@code latchkey/audit/head}, on a
 * thread of its own: a disk that hangs holds up no record.
 */
final class HeadKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(HeadKeeper.class);
  private static final long STOP_SECONDS = 2;

  private final Path folder;
  private final OwnerFile file;

  /** A copy of the head that the log was stopped with in order. */
  private final OwnerFile stop;

  private final Confirmed confirmed;
  private final LongFunction<Optional<String>> hashes;
  private final Clock clock;
  private final ScheduledExecutorService thread;
  private Optional<HeadKey> key = Optional.empty();
  private Optional<Link> signed = Optional.empty();
  private volatile Optional<String> fault = Optional.empty();
  private Left left = Left.NOTHING;

  /** The next process may have begun: nothing is written any more. */
  private volatile boolean givenUp;

  /**
   * Begins to sign every so many seconds, if there is something new.
   *
   * @param hashes the hash of a record by its number, as far as it can be looked up
   */
  HeadKeeper(
      Path folder,
      Confirmed confirmed,
      LongFunction<Optional<String>> hashes,
      long seconds,
      Clock clock) {
    this.hashes = hashes;
    this.folder = folder;
    this.file = new OwnerFile(folder.resolve("head"));
    this.stop = new OwnerFile(folder.resolve("stopped"));
    this.confirmed = confirmed;
    this.clock = clock;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread made = new Thread(task, "latchkey-audit-head");
              made.setDaemon(true);
              return made;
            });
    Future<?> unused =
        thread.scheduleWithFixedDelay(this::keep, seconds, seconds, TimeUnit.SECONDS);
  }

  /**
   * Reads what the process before left, in its own thread. From then on it counts as not stopped in
   * order, until this one is.
   */
  void read(CompletableFuture<Left> answer) {
    thread.execute(() -> answer.complete(takeLeft()));
  }

  private synchronized Left takeLeft() {
    try {
      Optional<SignedHead> head = kept();
      if (head.isPresent()) {
        boolean inOrder = stop.read().equals(head.map(SignedHead::text));
        left = Left.of(head.get(), inOrder, key());
      }
    } catch (IOException | RuntimeException | Error e) {
      LOG.warn("How the audit log was stopped can't be told: {}", e.getMessage());
    }
    try {
      stop.remove();
    } catch (IOException | RuntimeException | Error e) {
      // The start that the chain goes on with after it tells that it is out of date.
      LOG.warn("{} can't be removed: {}", stop.path(), e.getMessage());
    }
    return left;
  }

  /**
   * Signs what the chain ends with now.
   *
   * @throws AuditUnavailableException when there is no key
   */
  synchronized SignedHead sign() {
    try {
      return SignedHead.sign(confirmed.link(), clock.instant(), key());
    } catch (IOException e) {
      throw new AuditUnavailableException("The audit head can't be signed: " + e.getMessage(), e);
    }
  }

  /**
   * The head that was last kept in the file.
   *
   * @throws IOException when it can't be read
   * @throws IllegalArgumentException when it is none, or was not signed with this node's key
   */
  synchronized Optional<SignedHead> kept() throws IOException {
    Optional<String> text = file.read();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    SignedHead head = SignedHead.read(text.get());
    if (!isOurs(head)) {
      throw new IllegalArgumentException(
          "it was signed with another key than " + folder + "/head.key");
    }
    return Optional.of(head);
  }

  /** Whether a head was signed with this node's key. */
  synchronized boolean isOurs(SignedHead head) throws IOException {
    return Arrays.equals(key().publicKey(), Base64.getDecoder().decode(head.publicKey()));
  }

  /** Why no head is kept. */
  Optional<String> fault() {
    return fault;
  }

  private HeadKey key() throws IOException {
    if (key.isEmpty()) {
      HeadKey found = HeadKey.in(folder);
      if (found.isMade()) {
        LOG.info("A key for signing the audit head was made: {}/head.pub", folder);
      }
      key = Optional.of(found);
    }
    return key.get();
  }

  /**
   * Keeps the head, if the chain has grown since. One that the chain does not lead to is evidence,
   * and stays.
   */
  synchronized void keep() {
    try {
      Link now = confirmed.link();
      if (now.number() > 0 && !signed.equals(Optional.of(now))) {
        if (signed.isEmpty()) {
          checkOld(now);
        }
        SignedHead head = sign();
        write(file, head.text());
        signed = Optional.of(head.link());
      }
      fault = Optional.empty();
    } catch (IOException | RuntimeException | Error e) {
      if (fault.isEmpty()) {
        LOG.warn("The signed audit head is not kept: {}", e.getMessage());
      }
      fault = Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private void checkOld(Link now) throws IOException {
    Optional<SignedHead> old = kept();
    if (old.isEmpty()) {
      return;
    }
    Link then = old.get().link();
    boolean same = hashes.apply(then.number()).map(then.hash()::equals).orElse(true);
    if (then.number() > now.number() || !same) {
      throw new IOException(
          "the chain does not lead to the head that was signed at %s, record %d: records were removed or altered. When latchkey:audit --verify has told you why, take %s away"
              .formatted(old.get().signedAt(), then.number(), file.path()));
    }
  }

  private void write(OwnerFile target, String text) throws IOException {
    if (givenUp) {
      throw new IOException(target.path() + " was not written before the bundle had to be stopped");
    }
    target.write(text);
  }

  private synchronized void keepLast(ChainWriter.Ending ending) {
    keep();
    boolean same = signed.isEmpty() || signed.equals(left.head().map(SignedHead::link));
    boolean stays = ending == ChainWriter.Ending.NOTHING_ADDED && left.inOrder() && same;
    boolean ends =
        ending == ChainWriter.Ending.IN_ORDER && signed.equals(Optional.of(confirmed.link()));
    try {
      if (fault.isEmpty() && (stays || ends)) {
        write(stop, file.read().orElseThrow());
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("That the audit log was stopped in order is not kept: {}", e.getMessage());
    }
  }

  /** What the process before left is read before it is written anew. */
  private void endWith(ChainWriter.Ending ending) {
    try {
      if (thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        keepLast(ending);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the last thread", e);
    }
  }

  /** Signs once more, leaves word of how the chain ended, and ends. */
  void close(ChainWriter.Ending ending) {
    thread.shutdown();
    Thread last = new Thread(() -> endWith(ending), "latchkey-audit-head-last");
    last.setDaemon(true);
    last.start();
    try {
      last.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    givenUp = true;
  }
}
