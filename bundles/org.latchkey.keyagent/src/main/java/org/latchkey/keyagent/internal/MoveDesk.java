package org.latchkey.keyagent.internal;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.PhoneMoves;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.key.StoreUnavailableException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides on PINs that users who move dial, one at a time, on a thread of its own that nobody
 * interrupts: it writes into the store. Who dials too often is refused before any PIN is looked at.
 */
@Component(service = PhoneMoves.class, immediate = true)
public final class MoveDesk implements PhoneMoves, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MoveDesk.class);
  private static final int MOST_WAITING = 64;

  /** How many PINs a phone may dial at once, and one more in three minutes. */
  static final int PINS_OF_A_PHONE = 5;

  private static final double PINS_PER_MINUTE = 1 / 3.0;
  private static final double NOTES_PER_MINUTE = 1 / 15.0;

  /** The phone hears how its call ended before it is told to fetch. */
  private static final Duration TOLD_AFTER = Duration.ofSeconds(2);

  private static final long STOP_SECONDS = 5;

  private final Neighbours neighbours;
  private final Evidence evidence;
  private final PinCheck check;
  private final Moves moves;
  private final Buckets allowed;
  private final Buckets notes;
  private final Clock clock;
  private final Duration toldAfter;
  private final AtomicInteger waiting = new AtomicInteger();
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread made = new Thread(task, "latchkey-moves");
            made.setDaemon(true);
            return made;
          });

  /** The service. */
  @Activate
  public MoveDesk(@Reference Agent agent) {
    this(agent.parts(), TOLD_AFTER);
  }

  MoveDesk(Parts parts, Duration toldAfter) {
    neighbours = parts.neighbours();
    evidence = new Evidence(neighbours);
    moves = parts.moves();
    check = new PinCheck(parts);
    allowed = new Buckets(PINS_OF_A_PHONE, PINS_PER_MINUTE, parts.pace()::nanoTime);
    notes = new Buckets(1, NOTES_PER_MINUTE, parts.pace()::nanoTime);
    clock = parts.clock();
    this.toldAfter = toldAfter;
  }

  @Override
  public CompletionStage<Outcome> move(
      String keyIdentifier, InetAddress source, String extension, Secret pin) {
    boolean tooOften = !allowed.takeOne(keyIdentifier);
    if (tooOften && !notes.takeOne(keyIdentifier)) {
      return CompletableFuture.completedFuture(Outcome.REFUSED);
    }
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      return CompletableFuture.completedFuture(Outcome.REFUSED);
    }
    Secret copy = Codes.normal(pin);
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    try {
      thread.execute(
          () -> {
            waiting.decrementAndGet();
            try {
              Dialled dialled = new Dialled(keyIdentifier, source, extension, tooOften);
              outcome.complete(decided(dialled, copy));
            } finally {
              // Whatever happened: somebody waits for an answer.
              outcome.complete(Outcome.REFUSED);
            }
          });
    } catch (RejectedExecutionException e) {
      copy.close();
      outcome.complete(Outcome.REFUSED);
    }
    return outcome;
  }

  /** Whoever is in line has an answer, and who moved is told. */
  @Override
  @Deactivate
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The store did not answer within {} s while PINs are decided on", STOP_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a phone dialled, but for the PIN. */
  private record Dialled(
      String keyIdentifier, InetAddress source, String extension, boolean tooOften) {}

  private Outcome decided(Dialled dialled, Secret pin) {
    String keyIdentifier = dialled.keyIdentifier();
    try (pin) {
      KeyRecords store =
          neighbours.store().orElseThrow(() -> new UnavailableException("The store is away"));
      Optional<KeyRecord> key = store.key(keyIdentifier);
      if (key.isEmpty()) {
        return Outcome.REFUSED;
      }
      Optional<String> refusal =
          dialled.tooOften()
              ? Optional.of("it dialled PINs too often")
              : check.decide(store, key.get(), dialled.source(), dialled.extension(), pin);
      refusal.ifPresentOrElse(reason -> refused(key.get(), reason), () -> moved(key.get()));
      return refusal.isPresent() ? Outcome.REFUSED : Outcome.MOVED;
    } catch (RequestRefusedException
        | StoreUnavailableException
        | AuditUnavailableException
        | UnavailableException e) {
      LOG.warn("A PIN dialled by {} was refused: {}", keyIdentifier, e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("A PIN dialled by {} was refused", keyIdentifier, e);
    }
    return Outcome.REFUSED;
  }

  private void moved(KeyRecord key) {
    try {
      ScheduledFuture<?> unused =
          thread.schedule(() -> moves.tell(key), toldAfter.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("The key agent is stopping: {} fetches at its next start", key.keyIdentifier());
    }
  }

  private void refused(KeyRecord key, String reason) {
    String words = "dialled a PIN and was refused: " + reason;
    String device = key.device().orElse("");
    neighbours.note(
        new PhoneEvent(
            clock.instant(),
            PhoneEvent.Kind.KNOCKED,
            key.keyIdentifier(),
            key.aor().toString(),
            device,
            "",
            words));
    evidence.append(
        new AuditEntry(
            clock.instant(),
            "phone",
            "pin.refused",
            key.keyIdentifier(),
            key.aor().toString(),
            device,
            "",
            "The phone " + words));
  }
}
