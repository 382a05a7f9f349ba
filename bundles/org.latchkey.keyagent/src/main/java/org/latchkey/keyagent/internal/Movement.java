package org.latchkey.keyagent.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.latchkey.key.Generation;
import org.latchkey.key.Generation.State;
import org.latchkey.key.Generations.Overview;
import org.latchkey.key.Generations.Row;
import org.latchkey.key.KeyRecord;

/** How far phones have moved from generation to generation, as far as their keys tell. */
final class Movement {

  private final Map<String, KeyRecord> keys;
  private final FirstRegistrations registrations;

  /**
   * Counts these.
   *
   * @param all all keys, newest first
   * @param registrations who has registered, though the store may not know yet
   */
  Movement(List<KeyRecord> all, FirstRegistrations registrations) {
    this.keys =
        all.stream()
            .collect(
                Collectors.toMap(
                    KeyRecord::keyIdentifier,
                    Function.identity(),
                    (one, other) -> one,
                    java.util.LinkedHashMap::new));
    this.registrations = registrations;
  }

  /** Whether this is the newest key of a phone, not revoked. */
  private static boolean isCurrent(KeyRecord key) {
    return key.revocation().isEmpty() && key.replacedBy().isEmpty();
  }

  /** Keys of a generation that their phones still depend on: nothing newer has registered. */
  List<KeyRecord> left(int generation) {
    return keys.values().stream()
        .filter(key -> key.generation() == generation && key.revocation().isEmpty())
        .filter(key -> key.replacedBy().filter(this::hasRegistered).isEmpty())
        .toList();
  }

  private boolean hasRegistered(String keyIdentifier) {
    return registrations.contains(keyIdentifier)
        || Optional.ofNullable(keys.get(keyIdentifier))
            .flatMap(KeyRecord::registeredAt)
            .isPresent();
  }

  /** All generations at this moment, with phones that only PBXs know. */
  Overview overview(List<Generation> generations, LiveKeys live, Instant now) {
    Map<Integer, Long> counts =
        keys.values().stream()
            .filter(Movement::isCurrent)
            .collect(Collectors.groupingBy(KeyRecord::generation, Collectors.counting()));
    for (Generation g : generations) {
      counts.merge(g.number(), (long) live.of(g.number(), keys.keySet()).size(), Long::sum);
    }
    List<Row> rows =
        generations.stream()
            .map(g -> new Row(g, counts.getOrDefault(g.number(), 0L).intValue()))
            .toList();
    Optional<Generation> issuing =
        generations.stream().filter(g -> g.state() == State.ISSUING).findFirst();
    int phones = counts.values().stream().mapToInt(Long::intValue).sum();
    int moved = issuing.map(g -> counts.getOrDefault(g.number(), 0L).intValue()).orElse(0);
    return new Overview(
        rows, moved, phones, issuing.flatMap(g -> expectedEnd(g.since(), now, moved, phones)));
  }

  private static Optional<Instant> expectedEnd(Instant since, Instant now, int moved, int phones) {
    if (moved == 0 || moved == phones) {
      return Optional.empty();
    }
    long millis = Duration.between(since, now).toMillis() / moved * (phones - moved);
    return Optional.of(now.plusMillis(Math.max(0, millis)));
  }
}
