package org.latchkey.pbx.reference.internal.call;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.latchkey.key.Aor;

/**
 * Phones that called an emergency service of late. It may call them back through a trunk whose
 * places are all taken. On the SIP thread.
 */
final class CallBacks {

  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int MOST_PHONES = 1_000;
  private static final int MOST_OF_ONE = 2;

  private final InstantSource clock;
  private final Map<Aor, Instant> until = new LinkedHashMap<>();
  private final Places<Aor> places = new Places<>();

  CallBacks(InstantSource clock) {
    this.clock = clock;
  }

  /** A phone called an emergency service; the one that did so longest ago makes way. */
  void expect(Aor phone) {
    until.remove(phone);
    if (until.size() >= MOST_PHONES) {
      until.remove(until.keySet().iterator().next());
    }
    until.put(phone, clock.instant().plus(LONGEST));
  }

  /** Takes a place for a call to a phone; empty when none is expected there. */
  Optional<Runnable> enter(Aor called) {
    Instant end = until.get(called);
    return end != null && clock.instant().isBefore(end)
        ? places.enter(called, MOST_OF_ONE, Integer.MAX_VALUE)
        : Optional.empty();
  }
}
