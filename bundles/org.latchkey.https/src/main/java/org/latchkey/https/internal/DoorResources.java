package org.latchkey.https.internal;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.latchkey.door.Door;
import org.latchkey.door.DoorAnswer;
import org.latchkey.door.DoorRequest;
import org.latchkey.door.DoorResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who answers which path. A path whose resource has left is remembered for a while: its peers are
 * told to come again, because a bundle that is being restarted is no reason to give up.
 * Thread-safe.
 */
final class DoorResources {

  private static final Logger LOG = LoggerFactory.getLogger(DoorResources.class);

  private record Place(Door door, String path) {

    boolean covers(Door asked, String askedPath) {
      return door == asked
          && (path.endsWith("/") ? askedPath.startsWith(path) : askedPath.equals(path));
    }
  }

  private record Entry(Place place, DoorResource resource) {}

  private final long graceNanos;
  private final LongSupplier nanoTime;
  private final List<Entry> entries = new CopyOnWriteArrayList<>();
  private final Map<Place, Long> absentSince = new ConcurrentHashMap<>();

  /**
   * Nothing is served yet.
   *
   * @param grace how long a path without its resource is not 404
   * @param awaited paths of the phones' door that get the same grace from now on
   */
  DoorResources(Duration grace, List<String> awaited, LongSupplier nanoTime) {
    this.graceNanos = grace.toNanos();
    this.nanoTime = nanoTime;
    awaited.forEach(path -> absentSince.put(new Place(Door.PHONES, path), nanoTime.getAsLong()));
  }

  void add(DoorResource resource) {
    Place place = new Place(resource.door(), resource.path());
    if (!place.path().startsWith("/")) {
      LOG.warn("A resource asks for the path '{}', which has no slash at its start", place.path());
      return;
    }
    entries.add(0, new Entry(place, resource));
    absentSince.remove(place);
  }

  void remove(DoorResource resource) {
    for (Entry entry : List.copyOf(entries)) {
      if (entry.resource() == resource && entries.remove(entry) && !isServed(entry.place())) {
        absentSince.put(entry.place(), nanoTime.getAsLong());
      }
    }
  }

  /** The answer to a request, from its resource or instead of it. Never throws. */
  DoorAnswer answer(Door door, DoorRequest request) {
    Optional<Entry> found = find(door, request.path());
    if (found.isEmpty()) {
      return isAbsent(door, request.path()) ? comeAgain() : DoorAnswer.notFound();
    }
    try {
      return Objects.requireNonNull(found.get().resource().answer(request));
    } catch (RuntimeException | Error e) {
      if (!entries.contains(found.get())) {
        return comeAgain();
      }
      LOG.warn("The resource at {} failed: {}", found.get().place().path(), trace(e));
      return DoorAnswer.problem(500, "Internal error", "The log of this server says why.");
    }
  }

  /** Whether its resource answers a request at once. Never throws. */
  boolean answersAtOnce(Door door, DoorRequest request) {
    try {
      return find(door, request.path())
          .map(entry -> entry.resource().answersAtOnce(request))
          .orElse(false);
    } catch (RuntimeException | Error e) {
      return false;
    }
  }

  private Optional<Entry> find(Door door, String path) {
    return entries.stream()
        .filter(entry -> entry.place().covers(door, path))
        .max(Comparator.comparingInt(entry -> entry.place().path().length()));
  }

  private boolean isServed(Place place) {
    return entries.stream().anyMatch(entry -> entry.place().equals(place));
  }

  private boolean isAbsent(Door door, String path) {
    long now = nanoTime.getAsLong();
    absentSince.values().removeIf(since -> now - since > graceNanos);
    return absentSince.keySet().stream().anyMatch(place -> place.covers(door, path));
  }

  private static DoorAnswer comeAgain() {
    return DoorAnswer.problem(503, "Service unavailable", "Try again in a few seconds.")
        .with("Retry-After", "2");
  }

  /** Where it happened; the message is left out, since it may quote the request. */
  private static String trace(Throwable failure) {
    StackTraceElement[] frames = failure.getStackTrace();
    return failure.getClass().getName() + (frames.length == 0 ? "" : " at " + frames[0]);
  }
}
