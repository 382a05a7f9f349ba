package org.latchkey.pbx.http.internal.freeswitch;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latchkey.key.Aor;

/** What is registered at FreeSWITCH, as its events and lists tell. From memory, thread-safe. */
final class LiveRegistrations {

  private static final int MOST = 500_000;

  private final Map<LiveRegistration.Id, LiveRegistration> all = new ConcurrentHashMap<>();
  private volatile boolean known;

  /** Whether FreeSWITCH has told; while it has not, nothing is known of who is registered. */
  boolean areKnown() {
    return known;
  }

  /** FreeSWITCH tells nothing any more. What was known is shown still. */
  void areUnknown() {
    known = false;
  }

  /** FreeSWITCH registered this. */
  void add(LiveRegistration registration) {
    if (all.size() < MOST) {
      all.put(registration.id(), registration);
    }
  }

  /** FreeSWITCH forgot this. */
  void remove(LiveRegistration.Id id) {
    all.remove(id);
  }

  /** FreeSWITCH listed all that it had when it was asked; what has come since stays. */
  void listed(Collection<LiveRegistration> listed, Instant askedAt) {
    Set<LiveRegistration.Id> ids =
        listed.stream().map(LiveRegistration::id).collect(Collectors.toSet());
    all.values().removeIf(one -> !ids.contains(one.id()) && one.registeredAt().isBefore(askedAt));
    listed.forEach(one -> all.putIfAbsent(one.id(), one));
    known = true;
  }

  /** Those that have not ended. */
  Stream<LiveRegistration> at(Instant now) {
    return all.values().stream().filter(one -> one.expiresAt().isAfter(now));
  }

  /** Those that were made with a key, ended or not. */
  List<LiveRegistration> of(String keyIdentifier) {
    return all.values().stream()
        .filter(one -> one.authenticatedAs().equals(keyIdentifier))
        .toList();
  }

  /** The keys that have registrations, ended or not. */
  Set<String> keys() {
    return all.values().stream()
        .map(LiveRegistration::keyIdentifier)
        .filter(key -> !key.isEmpty())
        .collect(Collectors.toSet());
  }

  /** Whether an AOR has a live registration made with a key. */
  boolean isRegistered(String keyIdentifier, Aor aor, Instant now) {
    return at(now)
        .anyMatch(
            one ->
                one.authenticatedAs().equals(keyIdentifier)
                    && one.aor().filter(aor::equals).isPresent());
  }

  /** The keys of the phones that ring when an AOR is called. */
  Set<String> keysOf(Aor aor, Instant now) {
    return at(now)
        .filter(one -> one.id().user().equals(aor.user()))
        .filter(one -> one.aor().filter(aor::equals).isPresent())
        .map(LiveRegistration::keyIdentifier)
        .filter(key -> !key.isEmpty())
        .collect(Collectors.toSet());
  }
}
