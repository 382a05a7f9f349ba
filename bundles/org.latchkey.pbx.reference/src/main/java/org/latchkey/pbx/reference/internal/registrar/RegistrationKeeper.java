package org.latchkey.pbx.reference.internal.registrar;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latchkey.key.RegistrationKeys;
import org.latchkey.pbx.reference.internal.OwnerFile;
import org.latchkey.pbx.reference.internal.service.LatchkeyServices;
import org.latchkey.pbx.reference.internal.service.Refusals;
import org.latchkey.pbx.reference.internal.transport.Listeners;

/**
 * Keeps the registrations of phones on UDP in a file, so that they can be called when the PBX has
 * been started anew, and not only when they have registered again. What comes back was proved once;
 * it counts when somebody who knows says that its key was not revoked meanwhile, and for no longer
 * than it would have. On the SIP thread; the file has a thread of its own.
 */
public final class RegistrationKeeper implements AutoCloseable {

  private static final String HEAD = "# Registrations of phones on UDP, format 1";
  private static final long CLOSE_SECONDS = 5;
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final String UNREADABLE = "The registrations of before the start are not known";
  private static final String UNWRITABLE = "The registrations can't be kept over a restart";

  private final OwnerFile file;
  private final Bindings bindings;
  private final Listeners listeners;
  private final LatchkeyServices services;
  private final Predicate<String> served;
  private final InstantSource wall;
  private final InstantSource clock;
  private final Refusals refusals;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(new DefaultThreadFactory("latchkey-sip-keeper", true));

  /** What was read and may not count yet. */
  private List<SavedBinding> before;

  private long written;
  private Instant notBefore = Instant.MIN;
  private volatile boolean writing;

  /** Reads the file; nothing in it counts before a {@link #look()}. */
  public RegistrationKeeper(
      OwnerFile file,
      Bindings bindings,
      Listeners listeners,
      LatchkeyServices services,
      Predicate<String> served,
      InstantSource wall,
      InstantSource clock,
      Refusals refusals) {
    this.file = file;
    this.bindings = bindings;
    this.listeners = listeners;
    this.services = services;
    this.served = served;
    this.wall = wall;
    this.clock = clock;
    this.refusals = refusals;
    this.before = read();
  }

  /** Brings back what may count by now, and writes what has changed; to be done every second. */
  public void look() {
    restore();
    if (!writing && bindings.changes() != written && !clock.instant().isBefore(notBefore)) {
      notBefore = clock.instant().plus(PAUSE);
      write();
    }
  }

  /** A key was revoked: nothing that it proved before comes back. */
  void dropped(String keyIdentifier) {
    before = before.stream().filter(b -> !b.keyIdentifier().equals(keyIdentifier)).toList();
    notBefore = Instant.MIN;
  }

  /** Writes for the last time. */
  public void last() {
    write();
  }

  /** Waits until what was to be written is on disk. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        refusals.note(UNWRITABLE, file.toString());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void restore() {
    Optional<RegistrationKeys> keys =
        services.keys().filter(present -> present.unavailable().isEmpty());
    if (before.isEmpty() || keys.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    List<SavedBinding> waiting = new ArrayList<>();
    for (SavedBinding saved : before) {
      boolean counts =
          saved.isLive(now)
              && served.test(saved.aor().domain())
              && keys.get().authenticates(saved.keyIdentifier());
      Optional<Binding> back =
          listeners.datagramsFrom(saved.localPort(), saved.remote()).flatMap(saved::on);
      if (counts && back.isPresent()) {
        put(back.get());
      } else if (counts) {
        waiting.add(saved);
      }
    }
    before = List.copyOf(waiting);
  }

  /** What the phone has said since the start is newer. */
  private void put(Binding back) {
    if (bindings.of(back.aor()).stream().noneMatch(back::isReplacedBy)) {
      boolean unused = bindings.put(back);
    }
  }

  private void write() {
    written = bindings.changes();
    Duration set = Duration.between(clock.instant(), wall.instant());
    Stream<SavedBinding> now =
        bindings.all().stream().flatMap(b -> SavedBinding.of(b, set).stream());
    List<SavedBinding> all = Stream.concat(now, before.stream()).toList();
    writing = true;
    writer.execute(
        () -> {
          try {
            file.write(text(all));
          } catch (IOException e) {
            refusals.note(UNWRITABLE, e.toString());
          } finally {
            writing = false;
          }
        });
  }

  private static String text(List<SavedBinding> bindings) {
    return bindings.stream()
        .map(SavedBinding::line)
        .collect(Collectors.joining("\n", HEAD + "\n", "\n"));
  }

  private List<SavedBinding> read() {
    try {
      Optional<String> text = file.read();
      if (text.isPresent() && !text.get().startsWith(HEAD + "\n")) {
        throw new IOException(file + " is of another format");
      }
      return text.stream()
          .flatMap(String::lines)
          .filter(line -> !line.startsWith("#") && !line.isEmpty())
          .map(SavedBinding::parse)
          .toList();
    } catch (IOException | IllegalArgumentException e) {
      refusals.note(UNREADABLE, e.toString());
      return List.of();
    }
  }
}
